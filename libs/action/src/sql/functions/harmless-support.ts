/**
 * What operators, casts, indexes and types of PostgreSQL call: functions in pg_proc that are immutable or stable, take no internal
 * arguments and can be called by name. They compute.
 */

export const SUPPORT_FUNCTIONS: readonly string[] = [
  // Dates and times
  `date_cmp date_cmp_timestamp date_cmp_timestamptz date_eq date_eq_timestamp date_eq_timestamptz date_ge date_ge_timestamp
   date_ge_timestamptz date_gt date_gt_timestamp date_gt_timestamptz date_larger date_le date_le_timestamp date_le_timestamptz
   date_lt date_lt_timestamp date_lt_timestamptz date_mi date_mi_interval date_mii date_ne date_ne_timestamp
   date_ne_timestamptz date_pl_interval date_pli date_smaller daterange_canonical daterange_subdiff datetime_pl datetimetz_pl
   interval_accum interval_accum_inv interval_avg interval_cmp interval_combine interval_div interval_eq interval_ge
   interval_gt interval_larger interval_le interval_lt interval_mi interval_mul interval_ne interval_pl interval_pl_date
   interval_pl_time interval_pl_timestamp interval_pl_timestamptz interval_pl_timetz interval_smaller interval_um time_cmp
   time_eq time_ge time_gt time_larger time_le time_lt time_mi_interval time_mi_time time_ne time_pl_interval time_smaller
   timedate_pl timestamp_cmp timestamp_cmp_date timestamp_cmp_timestamptz timestamp_eq timestamp_eq_date
   timestamp_eq_timestamptz timestamp_ge timestamp_ge_date timestamp_ge_timestamptz timestamp_gt timestamp_gt_date
   timestamp_gt_timestamptz timestamp_larger timestamp_le timestamp_le_date timestamp_le_timestamptz timestamp_lt
   timestamp_lt_date timestamp_lt_timestamptz timestamp_mi timestamp_mi_interval timestamp_ne timestamp_ne_date
   timestamp_ne_timestamptz timestamp_pl_interval timestamp_smaller timestamptz_cmp timestamptz_cmp_date
   timestamptz_cmp_timestamp timestamptz_eq timestamptz_eq_date timestamptz_eq_timestamp timestamptz_ge timestamptz_ge_date
   timestamptz_ge_timestamp timestamptz_gt timestamptz_gt_date timestamptz_gt_timestamp timestamptz_larger timestamptz_le
   timestamptz_le_date timestamptz_le_timestamp timestamptz_lt timestamptz_lt_date timestamptz_lt_timestamp timestamptz_mi
   timestamptz_mi_interval timestamptz_ne timestamptz_ne_date timestamptz_ne_timestamp timestamptz_pl_interval
   timestamptz_smaller timetz_cmp timetz_eq timetz_ge timetz_gt timetz_larger timetz_le timetz_lt timetz_mi_interval timetz_ne
   timetz_pl_interval timetz_smaller timetzdate_pl`,
  // Everything else
  `aclinsert aclitemeq aclremove amvalidate anytextcat array_cat array_eq array_ge array_gt array_larger array_le array_lt
   array_ne array_smaller arraycontained arraycontains arrayoverlap booland_statefunc booleq boolge boolgt boolle boollt
   boolne boolor_statefunc btarraycmp btboolcmp btbpchar_pattern_cmp btcharcmp btequalimage btfloat48cmp btfloat4cmp
   btfloat84cmp btfloat8cmp btint24cmp btint28cmp btint2cmp btint42cmp btint48cmp btint4cmp btint82cmp btint84cmp btint8cmp
   btnamecmp btnametextcmp btoidcmp btoidvectorcmp btrecordcmp btrecordimagecmp bttidcmp btvarstrequalimage currtid2 enum_cmp
   enum_eq enum_ge enum_gt enum_larger enum_le enum_lt enum_ne enum_smaller fmgr_c_validator fmgr_internal_validator
   fmgr_sql_validator gin_cmp_tslexeme gin_compare_jsonb pg_cursor pg_isolation_test_session_is_blocked pg_lsn_cmp pg_lsn_eq
   pg_lsn_ge pg_lsn_gt pg_lsn_larger pg_lsn_le pg_lsn_lt pg_lsn_mi pg_lsn_mii pg_lsn_ne pg_lsn_pli pg_lsn_smaller
   pg_show_all_settings pg_stat_get_xact_blocks_fetched pg_stat_get_xact_blocks_hit pg_stat_get_xact_function_calls
   pg_stat_get_xact_function_self_time pg_stat_get_xact_function_total_time pg_stat_get_xact_tuples_fetched
   pg_stat_get_xact_tuples_hot_updated pg_stat_get_xact_tuples_returned plpgsql_validator postgresql_fdw_validator record_eq
   record_ge record_gt record_image_eq record_image_ge record_image_gt record_image_le record_image_lt record_image_ne
   record_le record_lt record_ne spg_poly_quad_compress tideq tidge tidgt tidlarger tidle tidlt tidne tidsmaller ts_match_qv
   ts_match_tq ts_match_tt ts_match_vq tsq_mcontained tsq_mcontains tsquery_and tsquery_cmp tsquery_eq tsquery_ge tsquery_gt
   tsquery_le tsquery_lt tsquery_ne tsquery_not tsquery_or tsquery_phrase tsvector_cmp tsvector_concat tsvector_eq tsvector_ge
   tsvector_gt tsvector_le tsvector_lt tsvector_ne uuid_cmp uuid_eq uuid_ge uuid_gt uuid_le uuid_lt uuid_ne varbitcmp varbiteq
   varbitge varbitgt varbitle varbitlt varbitne xid8_larger xid8_smaller xid8cmp xid8eq xid8ge xid8gt xid8le xid8lt xid8ne
   xideq xideqint4 xidneq xidneqint4 xmlconcat2`,
  // Geometry
  `box_above box_above_eq box_add box_below box_below_eq box_center box_contain_pt box_contained box_distance box_div box_eq
   box_ge box_gt box_intersect box_le box_left box_lt box_mul box_overabove box_overbelow box_overlap box_overleft
   box_overright box_right box_same box_sub circle_above circle_add_pt circle_below circle_center circle_contain_pt
   circle_contained circle_distance circle_div_pt circle_eq circle_ge circle_gt circle_le circle_left circle_lt circle_mul_pt
   circle_ne circle_overabove circle_overbelow circle_overlap circle_overleft circle_overright circle_right circle_same
   circle_sub_pt close_ls close_lseg close_pb close_pl close_ps close_sb dist_bp dist_bs dist_cpoint dist_cpoly dist_lp
   dist_ls dist_pathp dist_pb dist_pc dist_pl dist_polyc dist_polyp dist_ppath dist_ppoly dist_ps dist_sb dist_sl dist_sp
   inter_lb inter_sb inter_sl line_distance line_eq line_horizontal line_interpt line_intersect line_parallel line_perp
   line_vertical lseg_center lseg_distance lseg_eq lseg_ge lseg_gt lseg_horizontal lseg_interpt lseg_intersect lseg_le
   lseg_length lseg_lt lseg_ne lseg_parallel lseg_perp lseg_vertical on_pb on_pl on_ppath on_ps on_sb on_sl path_add
   path_add_pt path_contain_pt path_distance path_div_pt path_inter path_length path_mul_pt path_n_eq path_n_ge path_n_gt
   path_n_le path_n_lt path_npoints path_sub_pt pclose point_above point_add point_below point_distance point_div point_eq
   point_horiz point_left point_mul point_ne point_right point_sub point_vert poly_above poly_below poly_center
   poly_contain_pt poly_contained poly_distance poly_left poly_npoints poly_overabove poly_overbelow poly_overlap
   poly_overleft poly_overright poly_right poly_same popen pt_contained_circle pt_contained_poly`,
  // Hashes
  `hash_aclitem hash_aclitem_extended hash_array hash_array_extended hash_multirange hash_multirange_extended hash_numeric
   hash_numeric_extended hash_range hash_range_extended hash_record hash_record_extended hashbpchar hashbpcharextended
   hashchar hashcharextended hashenum hashenumextended hashfloat4 hashfloat4extended hashfloat8 hashfloat8extended hashinet
   hashinetextended hashint2 hashint2extended hashint4 hashint4extended hashint8 hashint8extended hashmacaddr hashmacaddr8
   hashmacaddr8extended hashmacaddrextended hashname hashnameextended hashoid hashoidextended hashoidvector
   hashoidvectorextended hashtext hashtextextended hashtid hashtidextended interval_hash interval_hash_extended jsonb_hash
   jsonb_hash_extended pg_lsn_hash pg_lsn_hash_extended satisfies_hash_partition time_hash time_hash_extended timestamp_hash
   timestamp_hash_extended timetz_hash timetz_hash_extended uuid_hash uuid_hash_extended`,
  // JSON
  `json_array_element json_array_element_text json_object_field json_object_field_text jsonb_array_element
   jsonb_array_element_text jsonb_cmp jsonb_concat jsonb_contained jsonb_contains jsonb_delete jsonb_delete_path jsonb_eq
   jsonb_exists jsonb_exists_all jsonb_exists_any jsonb_ge jsonb_gt jsonb_le jsonb_lt jsonb_ne jsonb_object_field
   jsonb_object_field_text jsonb_path_exists_opr jsonb_path_match_opr`,
  // Network addresses
  `cideq inet_merge inet_same_family inetand inetmi inetmi_int8 inetnot inetor inetpl macaddr8_and macaddr8_cmp macaddr8_eq
   macaddr8_ge macaddr8_gt macaddr8_le macaddr8_lt macaddr8_ne macaddr8_not macaddr8_or macaddr_and macaddr_cmp macaddr_eq
   macaddr_ge macaddr_gt macaddr_le macaddr_lt macaddr_ne macaddr_not macaddr_or network_cmp network_eq network_ge network_gt
   network_larger network_le network_lt network_ne network_overlap network_smaller network_sub network_subeq network_sup
   network_supeq`,
  // Numbers, money, bits
  `bitand bitcat bitcmp biteq bitge bitgt bitle bitlt bitne bitnot bitor bitshiftleft bitshiftright bitxor cash_cmp
   cash_div_cash cash_div_flt4 cash_div_flt8 cash_div_int2 cash_div_int4 cash_div_int8 cash_eq cash_ge cash_gt cash_le cash_lt
   cash_mi cash_mul_flt4 cash_mul_flt8 cash_mul_int2 cash_mul_int4 cash_mul_int8 cash_ne cash_pl cash_words cashlarger
   cashsmaller dcbrt dexp dlog1 dlog10 dpow dround dsqrt dtrunc float48div float48eq float48ge float48gt float48le float48lt
   float48mi float48mul float48ne float48pl float4_accum float4abs float4div float4eq float4ge float4gt float4larger float4le
   float4lt float4mi float4mul float4ne float4pl float4smaller float4um float4up float84div float84eq float84ge float84gt
   float84le float84lt float84mi float84mul float84ne float84pl float8_accum float8_avg float8_combine float8_corr
   float8_covar_pop float8_covar_samp float8_regr_accum float8_regr_avgx float8_regr_avgy float8_regr_combine
   float8_regr_intercept float8_regr_r2 float8_regr_slope float8_regr_sxx float8_regr_sxy float8_regr_syy float8_stddev_pop
   float8_stddev_samp float8_var_pop float8_var_samp float8abs float8div float8eq float8ge float8gt float8larger float8le
   float8lt float8mi float8mul float8ne float8pl float8smaller float8um float8up flt4_mul_cash flt8_mul_cash int24div int24eq
   int24ge int24gt int24le int24lt int24mi int24mul int24ne int24pl int28div int28eq int28ge int28gt int28le int28lt int28mi
   int28mul int28ne int28pl int2_avg_accum int2_avg_accum_inv int2_mul_cash int2_sum int2abs int2and int2div int2eq int2ge
   int2gt int2int4_sum int2larger int2le int2lt int2mi int2mod int2mul int2ne int2not int2or int2pl int2shl int2shr
   int2smaller int2um int2up int2xor int42div int42eq int42ge int42gt int42le int42lt int42mi int42mul int42ne int42pl
   int48div int48eq int48ge int48gt int48le int48lt int48mi int48mul int48ne int48pl int4_avg_accum int4_avg_accum_inv
   int4_avg_combine int4_mul_cash int4_sum int4abs int4and int4div int4eq int4ge int4gt int4inc int4larger int4le int4lt
   int4mi int4mod int4mul int4ne int4not int4or int4pl int4range_canonical int4range_subdiff int4shl int4shr int4smaller
   int4um int4up int4xor int82div int82eq int82ge int82gt int82le int82lt int82mi int82mul int82ne int82pl int84div int84eq
   int84ge int84gt int84le int84lt int84mi int84mul int84ne int84pl int8_avg int8_mul_cash int8_sum int8abs int8and int8dec
   int8dec_any int8div int8eq int8ge int8gt int8inc int8inc_any int8inc_float8_float8 int8larger int8le int8lt int8mi int8mod
   int8mul int8ne int8not int8or int8pl int8pl_inet int8range_canonical int8range_subdiff int8shl int8shr int8smaller int8um
   int8up int8xor integer_pl_date mul_d_interval numeric_abs numeric_add numeric_cmp numeric_div numeric_div_trunc numeric_eq
   numeric_exp numeric_ge numeric_gt numeric_inc numeric_larger numeric_le numeric_ln numeric_log numeric_lt numeric_mod
   numeric_mul numeric_ne numeric_pl_pg_lsn numeric_power numeric_smaller numeric_sqrt numeric_sub numeric_uminus
   numeric_uplus oideq oidge oidgt oidlarger oidle oidlt oidne oidsmaller oidvectoreq oidvectorge oidvectorgt oidvectorle
   oidvectorlt oidvectorne`,
  // Ranges
  `elem_contained_by_multirange elem_contained_by_range in_range multirange_adjacent_multirange multirange_adjacent_range
   multirange_after_multirange multirange_after_range multirange_before_multirange multirange_before_range multirange_cmp
   multirange_contained_by_multirange multirange_contained_by_range multirange_contains_elem multirange_contains_multirange
   multirange_contains_range multirange_eq multirange_ge multirange_gt multirange_intersect multirange_intersect_agg_transfn
   multirange_le multirange_lt multirange_minus multirange_ne multirange_overlaps_multirange multirange_overlaps_range
   multirange_overleft_multirange multirange_overleft_range multirange_overright_multirange multirange_overright_range
   multirange_union numrange_subdiff range_adjacent range_adjacent_multirange range_after range_after_multirange range_before
   range_before_multirange range_cmp range_contained_by range_contained_by_multirange range_contains range_contains_elem
   range_contains_multirange range_eq range_ge range_gt range_intersect range_intersect_agg_transfn range_le range_lt
   range_minus range_ne range_overlaps range_overlaps_multirange range_overleft range_overleft_multirange range_overright
   range_overright_multirange range_union tsrange_subdiff tstzrange_subdiff`,
  // Text and bytes
  `bpchar_larger bpchar_pattern_ge bpchar_pattern_gt bpchar_pattern_le bpchar_pattern_lt bpchar_smaller bpcharcmp bpchareq
   bpcharge bpchargt bpchariclike bpcharicnlike bpcharicregexeq bpcharicregexne bpcharle bpcharlike bpcharlt bpcharne
   bpcharnlike bpcharregexeq bpcharregexne bttext_pattern_cmp bttextcmp bttextnamecmp byteacat byteacmp byteaeq byteage
   byteagt byteale bytealike bytealt byteane byteanlike chareq charge chargt charle charlt charne like_escape nameconcatoid
   nameeq nameeqtext namege namegetext namegt namegttext nameiclike nameicnlike nameicregexeq nameicregexne namele nameletext
   namelike namelt namelttext namene namenetext namenlike nameregexeq nameregexne notlike similar_escape starts_with text_ge
   text_gt text_larger text_le text_lt text_pattern_ge text_pattern_gt text_pattern_le text_pattern_lt text_smaller textanycat
   textcat texteq texteqname textgename textgtname texticlike texticnlike texticregexeq texticregexne textlen textlename
   textlike textltname textne textnename textnlike textregexeq textregexne`,
  // Text and binary forms of types
  `aclitemin aclitemout any_in any_out anyarray_in anyarray_out anyarray_send anycompatible_in anycompatible_out
   anycompatiblearray_in anycompatiblearray_out anycompatiblearray_send anycompatiblemultirange_in anycompatiblemultirange_out
   anycompatiblenonarray_in anycompatiblenonarray_out anycompatiblerange_in anycompatiblerange_out anyelement_in
   anyelement_out anyenum_in anyenum_out anymultirange_in anymultirange_out anynonarray_in anynonarray_out anyrange_in
   anyrange_out array_in array_out array_send bit_in bit_out bit_send bittypmodin bittypmodout boolin boolout boolsend
   box_contain box_in box_out box_send bpcharin bpcharout bpcharsend bpchartypmodin bpchartypmodout brin_bloom_summary_in
   brin_bloom_summary_out brin_bloom_summary_send brin_minmax_multi_summary_in brin_minmax_multi_summary_out
   brin_minmax_multi_summary_send byteain byteaout byteasend cash_in cash_out cash_send charin charout charsend cidin cidout
   cidr_in cidr_out cidr_send cidsend circle_contain circle_in circle_out circle_send cstring_in cstring_out cstring_send
   date_in date_out date_send domain_in enum_in enum_out enum_send event_trigger_out fdw_handler_out float4in float4out
   float4send float8in float8out float8send gtsvectorin gtsvectorout index_am_handler_out inet_in inet_out inet_send int2in
   int2out int2send int2vectorin int2vectorout int2vectorsend int4in int4out int4send int8in int8out int8send interval_in
   interval_out interval_send intervaltypmodin intervaltypmodout json_in json_out json_send jsonb_in jsonb_out jsonb_send
   jsonpath_in jsonpath_out jsonpath_send language_handler_out line_in line_out line_send lseg_in lseg_out lseg_send
   macaddr8_in macaddr8_out macaddr8_send macaddr_in macaddr_out macaddr_send multirange_in multirange_out multirange_send
   namein nameout namesend numeric_in numeric_out numeric_send numerictypmodin numerictypmodout oidin oidout oidsend
   oidvectorin oidvectorout oidvectorsend path_in path_out path_send pg_ddl_command_in pg_ddl_command_out pg_ddl_command_send
   pg_dependencies_in pg_dependencies_out pg_dependencies_send pg_lsn_in pg_lsn_out pg_lsn_send pg_mcv_list_in pg_mcv_list_out
   pg_mcv_list_send pg_ndistinct_in pg_ndistinct_out pg_ndistinct_send pg_node_tree_in pg_node_tree_out pg_node_tree_send
   pg_snapshot_in pg_snapshot_out pg_snapshot_send point_in point_out point_send poly_contain poly_in poly_out poly_send
   range_in range_out range_send record_in record_out record_send regclassin regclassout regclasssend regcollationin
   regcollationout regcollationsend regconfigin regconfigout regconfigsend regdictionaryin regdictionaryout regdictionarysend
   regnamespacein regnamespaceout regnamespacesend regoperatorin regoperatorout regoperatorsend regoperin regoperout
   regopersend regprocedurein regprocedureout regproceduresend regprocin regprocout regprocsend regrolein regroleout
   regrolesend regtypein regtypeout regtypesend shell_in shell_out table_am_handler_out textin textout textsend tidin tidout
   tidsend time_in time_out time_send timestamp_in timestamp_out timestamp_send timestamptypmodin timestamptypmodout
   timestamptz_in timestamptz_out timestamptz_send timestamptztypmodin timestamptztypmodout timetypmodin timetypmodout
   timetz_in timetz_out timetz_send timetztypmodin timetztypmodout trigger_out tsm_handler_out tsqueryin tsqueryout
   tsquerysend tsvectorin tsvectorout tsvectorsend txid_snapshot_in txid_snapshot_out txid_snapshot_send unknownin unknownout
   unknownsend uuid_in uuid_out uuid_send varbit_in varbit_out varbit_send varbittypmodin varbittypmodout varcharin varcharout
   varcharsend varchartypmodin varchartypmodout void_in void_out void_send xid8in xid8out xid8send xidin xidout xidsend xml_in
   xml_out xml_send`,
];
