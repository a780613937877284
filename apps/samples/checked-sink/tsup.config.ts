import { library } from '../../../tooling/build/tsup.ts';

/**
 * Each file with everything in it, from the sources of the packages: nothing has to be built first. The programs of
 * the sink's thread stand beside the main one.
 */
export default library(
  {
    main: 'src/main.ts',
    'apartment-program': '../../../packages/privileges/src/apartment/apartment-program.ts',
    'apartment-sink-program': '../../../packages/events/src/native/apartment-sink-program.ts',
  },
  {
    dts: false,
    noExternal: [/.*/],
    external: ['koffi'],
    esbuildOptions: (options) => {
      options.conditions = ['@wmisec/source'];
    },
  },
);
