import {
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';

/**
 * What tells this process from others: no label of a metric does. Each has an id of its own, since what they count must not be
 * mixed. OpenTelemetry's `OTEL_SERVICE_NAME` and `OTEL_RESOURCE_ATTRIBUTES` have the last word.
 *
 * @param service `subscriber` or `oauth-web`
 */
export function resourceOf(service: string): Resource {
  const own = resourceFromAttributes({ 'service.namespace': 'postern', 'service.name': service });
  const detectors = [
    serviceInstanceIdDetector,
    resourceAttributesEnvDetector,
    serviceNameEnvDetector,
  ];
  return own.merge(detectResources({ detectors }));
}
