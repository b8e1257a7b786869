/** Pages of Google's consoles, each for one project: what no API can do is done there. */
export function consolePages(project: string | undefined) {
  const page = (path: string): string => {
    const url = new URL(path, 'https://console.cloud.google.com');
    if (project !== undefined) url.searchParams.set('project', project);
    return url.href;
  };
  return {
    chatApp: page('/apis/api/chat.googleapis.com/hangouts-chat'),
    chatApi: page('/apis/library/chat.googleapis.com'),
    audience: page('/auth/audience'),
    scopes: page('/auth/scopes'),
    clients: page('/auth/clients'),
    serviceAccounts: page('/iam-admin/serviceaccounts'),
    firestore: page('/firestore/databases'),
  } as const;
}
