/** A self-signed certificate for 127.0.0.1 and localhost, valid for a hundred years: for TLS tests on loopback only. */
export const localhostCertificate = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUfbvG7iHt1EFP6MkNYK65L4L/2hAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIzMjYyMloYDzIxMjYxMDMw
MjMyNjIyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARQFeX1LPS3vHshB1zNsaruQNPBTNJ3hX69kdJkdLXyB1WCzftZdFxO
A3gPqFI/CfuLaeLzd+gE0tTnusV2Qrndo28wbTAdBgNVHQ4EFgQUxkHm0jReotcx
dLtl0fcvblsTXXowHwYDVR0jBBgwFoAUxkHm0jReotcxdLtl0fcvblsTXXowDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDSQAwRgIhAJ1sh7qwnM6voGJcI1VPE6O/qEi+u0VvDgv+OPN7T+IgAiEA
pPFKwmhXHJjZ8z/nRxsubfDDuczoRf7gI5kOShDdR3A=
-----END CERTIFICATE-----
`;

/** Its private key, which protects nothing. */
export const localhostKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgrce7dhMblN4HTVkD
1fuhZBOBWuXPsk0Y3dnjF0lOfb6hRANCAARQFeX1LPS3vHshB1zNsaruQNPBTNJ3
hX69kdJkdLXyB1WCzftZdFxOA3gPqFI/CfuLaeLzd+gE0tTnusV2Qrnd
-----END PRIVATE KEY-----
`;
