import { fromJSON } from '@grpc/proto-loader';
import type { Broker } from './broker.ts';
import { type Handlers, unary } from './handlers.ts';
import { Refusal } from './refusal.ts';
import { testIamPermissionsRequest } from './wire.ts';

/** The part of google/iam/v1/iam_policy.proto that a client asks Pub/Sub for when it checks what it may do. */
export const iamDefinition = fromJSON({
  nested: {
    google: {
      nested: {
        iam: {
          nested: {
            v1: {
              nested: {
                IAMPolicy: {
                  methods: {
                    TestIamPermissions: {
                      requestType: 'TestIamPermissionsRequest',
                      responseType: 'TestIamPermissionsResponse',
                      comment: 'The permissions that the caller has, among those that it names.',
                    },
                  },
                },
                TestIamPermissionsRequest: {
                  fields: {
                    resource: { type: 'string', id: 1 },
                    permissions: { rule: 'repeated', type: 'string', id: 2 },
                  },
                },
                TestIamPermissionsResponse: {
                  fields: { permissions: { rule: 'repeated', type: 'string', id: 1 } },
                },
              },
            },
          },
        },
      },
    },
  },
});

const CONSUME = 'pubsub.subscriptions.consume';

/** Everybody may do everything with what exists, unless it was taken from them; and nothing, as at Google, with what doesn't. */
export function iamHandlers(broker: Broker): Handlers {
  return {
    testIamPermissions: unary(testIamPermissionsRequest, ({ resource, permissions }) => ({
      permissions: permissions.filter((permission) => has(broker, resource, permission)),
    })),
  };
}

function has(broker: Broker, resource: string, permission: string): boolean {
  try {
    if (resource.includes('/topics/')) broker.topic(resource);
    else if (permission === CONSUME) broker.consumable(resource);
    else broker.subscription(resource);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
