// The image's HEALTHCHECK. One of the two processes runs in a container, and each answers /livez on its own port: the
// subscriber on ADMIN_PORT, oauth-web on PORT.
const { ADMIN_PORT = '9090', PORT = '8080' } = process.env;

const alive = await Promise.any([ADMIN_PORT, PORT].map(isAlive)).catch(() => false);
process.exit(alive ? 0 : 1);

async function isAlive(port) {
  const response = await fetch(`http://127.0.0.1:${port}/livez`, {
    signal: AbortSignal.timeout(3_000),
  });
  if (!response.ok) throw new Error(`Port ${port} answers ${response.status}`);
  return true;
}
