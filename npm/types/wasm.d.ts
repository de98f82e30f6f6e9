// What an import of the `.wasm` gives depends on the bundler: an address (a string) from esbuild, a
// compiled module on edge runtimes. `init` takes each of them.
declare const engine: any;
export default engine;
