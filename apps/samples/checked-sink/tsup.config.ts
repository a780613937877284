import { library } from '../../../tooling/build/tsup.ts';

/**
 * Each file with everything in it, from the sources of the packages: nothing has to be built first. The programs of
 * the apartment's thread stand beside the main one.
 */
export default library(
  {
    main: 'src/main.ts',
    'row-sink': 'src/row-sink.ts',
    'async-query': 'src/async-query.ts',
    'apartment-program': '../../../packages/privileges/src/apartment/apartment-program.ts',
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
