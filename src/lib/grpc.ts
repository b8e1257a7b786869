import { seconds } from './clock.ts';

/**
 * Channel options for Google's gRPC clients. By default a half-open connection stays dead for over five minutes; with these
 * it is replaced within 40 seconds (security-reliability.md, C2).
 */
export const GRPC_KEEPALIVE = {
  'grpc.keepalive_time_ms': seconds(30),
  'grpc.keepalive_timeout_ms': seconds(10),
};
