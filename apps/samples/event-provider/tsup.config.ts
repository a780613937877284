import { library } from '../../../tooling/build/tsup.ts';

/** One file with everything in it, from the sources of the packages: nothing has to be built first. */
export default library(['src/main.ts'], {
  dts: false,
  noExternal: [/.*/],
  esbuildOptions: (options) => {
    options.conditions = ['@wmisec/source'];
  },
});
