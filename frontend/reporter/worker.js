// The worker of the reporter's page: the same WebAssembly module, started a second time. The page sends it the compiled module first, and
// messages for Rust after it. scripts/finish-site.mjs bundles this with the few imports that the worker uses.
import { finish, imports, worker_goes_on, worker_hears } from "sluis-glue";

// One slice of the work, after the messages that already wait.
const goOn = () => setTimeout(() => worker_goes_on() && goOn());

globalThis.sluis = { tell: (bytes) => postMessage(bytes.slice()) };
onmessage = ({ data: module }) => {
  finish(new WebAssembly.Instance(module, imports()), module);
  onmessage = ({ data }) => worker_hears(data) && goOn();
};
