import type { Protocol } from '../core/model/protocol.ts';
import type { ServicePort } from '../core/model/service.ts';
import type { ServedPort } from '../core/scenario/scenario.ts';
import type { PortForm, ServicePortForm } from './scenario-schema-port.ts';

/** A port from `80`, `80/UDP` or a mapping. */
export function servedPortOf(form: PortForm): ServedPort {
  if (typeof form !== 'object') return plainPort(form);
  const { port, protocol, name } = form;
  return { port, protocol, ...(name === undefined ? {} : { name }) };
}

/** A Service port from `80`, `80/UDP` or a mapping. */
export function servicePortOf(form: ServicePortForm): ServicePort {
  if (typeof form !== 'object') return plainPort(form);
  const { port, protocol, targetPort } = form;
  return { port, protocol, ...(targetPort === undefined ? {} : { targetPort }) };
}

/** How a port is called in messages: `80/TCP`. */
export function portText({ port, protocol }: { readonly port: number; readonly protocol: Protocol }): string {
  return `${port}/${protocol}`;
}

function plainPort(form: number | string): { readonly port: number; readonly protocol: Protocol } {
  const [port = '', protocol = 'TCP'] = String(form).split('/');
  return { port: Number(port), protocol: protocol as Protocol };
}
