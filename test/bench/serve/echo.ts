// A bare node:http server that reads a body and answers a few bytes: the limit of what HTTP in Node.js can do. Usage: echo.ts PORT
import { createServer } from 'node:http';

createServer((request, response) => {
  request.on('data', () => undefined);
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
