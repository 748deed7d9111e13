export { type Json, type Product, startProduct } from './product.ts';
export { survive, type SurvivalOptions, type SurvivalResult } from './survive.ts';
