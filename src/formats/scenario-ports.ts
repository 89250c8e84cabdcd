import type { JsonPath } from '../core/diagnostics/json-path.ts';
import type { Protocol } from '../core/model/protocol.ts';
import type { ServicePort } from '../core/model/service.ts';
import type { ServedPort } from '../core/scenario/scenario.ts';
import type { PortForm, ServicePortForm } from './scenario-schema-port.ts';

/** A port from `80`, `80/UDP` or a mapping. */
export function servedPortOf(form: PortForm): ServedPort {
  if (typeof form !== 'object') return plainPort(form);
  const { port, protocol, name, hostPort, payloadBytes } = form;
  return {
    port,
    protocol,
    ...(name !== undefined && { name }),
    ...(hostPort !== undefined && { hostPort }),
    ...(payloadBytes !== undefined && { payloadBytes }),
  };
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

/** Reports a mistake at a place of the file. */
export type Complain = (path: JsonPath, expected: string, found: string, hint?: string) => void;

/** Reports ports that stand twice in a list, or names that do. */
export function checkPorts(path: JsonPath, ports: readonly ServedPort[], complain: Complain): void {
  for (const [index, port] of ports.entries()) {
    const at = [...path, 'ports', index];
    const earlier = ports.slice(0, index);
    const { name, protocol } = port;
    if (earlier.some((each) => portText(each) === portText(port))) {
      complain(at, 'each port once', `${portText(port)} again`);
    } else if (name !== undefined && earlier.some((each) => each.name === name && each.protocol === protocol)) {
      complain(at, `each name once for ${protocol}`, `"${name}" again`);
    }
  }
}
