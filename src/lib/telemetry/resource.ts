import { resourceFromAttributes } from '@opentelemetry/resources';

/**
 * What tells this process from others: no label of a metric does.
 *
 * @param service `subscriber` or `oauth-web`
 */
export function resourceOf(service: string) {
  return resourceFromAttributes({ 'service.namespace': 'postern', 'service.name': service });
}
