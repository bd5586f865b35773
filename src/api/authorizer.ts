/** Where the `Authorization` header of a request comes from. */
export interface Authorizer {
  /** Asked before each request. Rejects with a `CollibraError`. */
  authorization(): string | Promise<string>;
  /** A header in place of one that was refused; missing where there is no other to be had. */
  renew?(refused: string): Promise<string>;
}
