/** How the tools of a public MCP server are described: rows of names, what they do, and what their arguments hold. */

/**
 * Tools (names separated by spaces), what they do, what their arguments hold.
 *
 * What they do: `kind [scope] [type={argument}]`, several joined by ` + `; '' where only the arguments say it.
 * Arguments: `name=holding`, separated by spaces, in the words of the catalogue; those that are left out are looked through.
 */
export type ToolRow = readonly [names: string, does: string, args?: string];

export interface KnownServer {
  /** By what `like` names it. */
  readonly name: string;
  readonly tools: readonly ToolRow[];
}
