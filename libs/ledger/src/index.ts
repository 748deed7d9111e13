export {
  type ChainFault,
  type ChainFaultKind,
  type ChainOptions,
  type ChainProducer,
  type ChainRecord,
  type ChainState,
  type ChainSummary,
  type PartitionHead,
  finish,
  initialChain,
  verifyNext,
} from './chain.ts';
