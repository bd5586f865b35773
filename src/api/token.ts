/** Whether the text can be a bearer token (RFC 6750, 2.1); anything else would be no header, or another one. */
export function isToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
}
