/** The annotations by which a network plugin is told to give a new pod these addresses, one of each family. */
export type AddressPin = (ips: readonly string[]) => Readonly<Record<string, string>>;
