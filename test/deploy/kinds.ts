import type { Deployment } from 'kubernetes-types/apps/v1.d.ts';
import type { ConfigMap, Namespace, Service, ServiceAccount } from 'kubernetes-types/core/v1.d.ts';
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.d.ts';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.d.ts';

/** What Kubernetes' own API description makes of each kind that the manifests hold: every field, and nothing but that. */
export interface Kinds {
  'v1 ConfigMap': ConfigMap;
  'v1 Namespace': Namespace;
  'v1 Service': Service;
  'v1 ServiceAccount': ServiceAccount;
  'apps/v1 Deployment': Deployment;
  'networking.k8s.io/v1 Ingress': Ingress;
  'networking.k8s.io/v1 NetworkPolicy': NetworkPolicy;
  'policy/v1 PodDisruptionBudget': PodDisruptionBudget;
}
