import { fromJSON } from '@grpc/proto-loader';
import type { Broker } from './broker.ts';
import { type Handlers, unary } from './handlers.ts';
import type { Policies } from './policies.ts';
import { Refusal } from './refusal.ts';
import { getIamPolicyRequest, setIamPolicyRequest, testIamPermissionsRequest } from './wire.ts';

const policy = {
  fields: {
    version: { type: 'int32', id: 1 },
    bindings: { rule: 'repeated', type: 'Binding', id: 4 },
    etag: { type: 'bytes', id: 3 },
  },
};

/** The part of google/iam/v1/iam_policy.proto that a client asks Pub/Sub for when it checks, or changes, who may do what. */
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
                    GetIamPolicy: {
                      requestType: 'GetIamPolicyRequest',
                      responseType: 'Policy',
                      comment: 'Who has which role on a resource.',
                    },
                    SetIamPolicy: {
                      requestType: 'SetIamPolicyRequest',
                      responseType: 'Policy',
                      comment: 'Replaces who has which role on a resource.',
                    },
                  },
                },
                Policy: policy,
                Binding: {
                  fields: {
                    role: { type: 'string', id: 1 },
                    members: { rule: 'repeated', type: 'string', id: 2 },
                  },
                },
                GetIamPolicyRequest: { fields: { resource: { type: 'string', id: 1 } } },
                SetIamPolicyRequest: {
                  fields: {
                    resource: { type: 'string', id: 1 },
                    policy: { type: 'Policy', id: 2 },
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

/**
 * Everybody may do everything with what exists, unless it was taken from them; and nothing, as at Google, with what doesn't.
 * Policies are kept and told, and nobody is refused for want of a role in them.
 */
export function iamHandlers(broker: Broker, policies: Policies): Handlers {
  return {
    testIamPermissions: unary(testIamPermissionsRequest, ({ resource, permissions }) => ({
      permissions: permissions.filter((permission) => has(broker, resource, permission)),
    })),
    getIamPolicy: unary(getIamPolicyRequest, ({ resource }) => {
      checkExists(broker, resource);
      return policies.get(resource);
    }),
    setIamPolicy: unary(setIamPolicyRequest, ({ resource, policy: { etag, bindings } }) => {
      checkExists(broker, resource);
      return policies.replace(resource, bindings, etag);
    }),
  };
}

function has(broker: Broker, resource: string, permission: string): boolean {
  try {
    checkExists(broker, resource);
    if (permission === CONSUME && !isTopic(resource)) broker.consumable(resource);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

function checkExists(broker: Broker, resource: string): void {
  if (isTopic(resource)) broker.topic(resource);
  else broker.subscription(resource);
}

const isTopic = (resource: string): boolean => resource.includes('/topics/');
