// A plain static host below a path: index.html for folders, 404.html, and the
// policy that docs/hosting.md tells hosts to send.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TYPES = {
  html: 'text/html', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json',
  svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', xml: 'application/xml', txt: 'text/plain',
  csv: 'text/csv', ics: 'text/calendar', pdf: 'application/pdf',
};

// The path that the site was built for, as its style sheet tells.
const basePath = root => /<link rel="stylesheet" href="([^"]*?)static\//.exec(fs.readFileSync(path.join(root, 'index.html'), 'utf8'))?.[1] ?? '/';

export async function serve(folder) {
  const root = fs.realpathSync(folder);
  const base = basePath(root);
  const read = name => {
    const file = path.join(root, path.posix.normalize('/' + name));
    const whole = fs.statSync(file).isDirectory() ? path.join(file, 'index.html') : file;
    return [fs.readFileSync(whole), TYPES[path.extname(whole).slice(1)] ?? 'application/octet-stream'];
  };
  const server = http.createServer((request, response) => {
    const send = (status, body, type) =>
      response.writeHead(status, {
        'Content-Type': /^text|json|xml/.test(type) ? `${type}; charset=utf-8` : type,
        'Content-Security-Policy': POLICY,
      }).end(body);
    try {
      const name = decodeURIComponent(new URL(request.url, 'http://host').pathname);
      if (!name.startsWith(base)) throw new Error('outside the site');
      send(200, ...read(name.slice(base.length)));
    } catch {
      try {
        send(404, ...read('404.html'));
      } catch {
        send(404, 'not found', 'text/plain');
      }
    }
  });
  await new Promise(ready => server.listen(0, '127.0.0.1', ready));
  return { origin: `http://127.0.0.1:${server.address().port}`, base, close: () => server.close() };
}
