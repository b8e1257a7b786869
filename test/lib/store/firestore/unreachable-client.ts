import { openFirestoreStore } from '../../../../src/lib/store/firestore/firestore-store.ts';

/**
 * A process of its own for unreachable.test.ts: prints how a call ends that nobody answers, and that the store can be closed.
 * It has to be ended, since Firestore's client goes on trying for minutes.
 */
const store = await openFirestoreStore({ projectId: 'p', database: 'auth-data', deadlineMs: 100 });
const outcome: unknown = await store.ping().catch((error: unknown) => error);
await store.close();
const code = outcome instanceof Error && 'code' in outcome ? outcome.code : 'answered';
process.stdout.write(`${String(code)}, closed`);
process.exit();
