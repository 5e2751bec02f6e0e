// One HTTP request, by TCP or by a Unix socket, on a connection of its own.
import { request } from "node:http";

/**
 * @param {{url?: string, socketPath?: string, path: string, method?: string, headers?: object, body?: unknown}} options
 *   body: a string or Buffer goes as it is, anything else as JSON
 * @returns {Promise<{status: number, headers: object, text: string, json: any}>} json: undefined if it is none
 */
export function http({ url, socketPath, path, method = "GET", headers = {}, body }) {
  const raw = typeof body === "string" || Buffer.isBuffer(body);
  const payload = body === undefined ? undefined : raw ? body : JSON.stringify(body);
  const where = socketPath ? { socketPath, path } : { ...parts(url), path };
  const sent = payload === undefined ? headers : withLength(headers, payload);
  return new Promise((resolve, reject) => {
    const asked = request({ ...where, method, headers: sent, agent: false }, (answer) => {
      const chunks = [];
      answer.on("data", (chunk) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          ...decoded(answer, bytes),
          bytes,
        });
      });
    });
    asked.on("error", reject);
    asked.end(payload);
  });
}

function withLength(headers, payload) {
  return {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(payload),
    ...headers,
  };
}

function parts(url) {
  const { hostname, port } = new URL(url);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port };
}

function decoded(answer, bytes) {
  const text = bytes.toString("utf8");
  const isJson = /\bjson\b/.test(answer.headers["content-type"] ?? "");
  return { text, json: isJson && text ? JSON.parse(text) : undefined };
}
