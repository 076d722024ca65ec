import createClient from "openapi-fetch";

import type { components, paths } from "./schema.js";

type Claim = components["schemas"]["Claim"];

/** Lists have other formats too; this client reads JSON, and problems. */
type Media = "application/json" | "application/problem+json";

const client = createClient<paths, Media>({ baseUrl: process.argv[2] ?? "http://127.0.0.1:8000" });

/** Every claim that concerns an entity, page after page. */
async function* claimsOf(entity: string): AsyncGenerator<Claim> {
  let cursor: string | undefined;
  do {
    const query = { entity, limit: 10, ...(cursor === undefined ? {} : { cursor }) };
    const { data, error } = await client.GET("/claims", { params: { query } });
    if (error) throw new Error(`${error.title}: ${error.detail}`);
    for (const item of data.items) if ("kind" in item) yield item;
    cursor = data.next ?? undefined;
  } while (cursor !== undefined);
}

for await (const claim of claimsOf("Lubinets")) {
  console.log(claim.id, claim.value?.number ?? null, claim.status);
}
const { data } = await client.POST("/compare", { body: { a: { text: "more than 100" }, b: { text: "about 2,000" } } });
console.log(data?.relation, data?.sentence);
