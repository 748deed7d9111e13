/** Functions that only compute and that one server has for itself. A dotted name is that of a package's function. */
import type { DialectName } from '../dialects.ts';

export const OWN: Readonly<Record<DialectName, string>> = {
  mysql: `aes_decrypt aes_encrypt any_value bin binary_to_uuid charset coercibility collation compress crc32 dec decode_key des_decrypt
    des_encrypt encode encrypt extractvalue format_bytes format_pico_time from_vector gtid_subset gtid_subtract inet6_aton inet6_ntoa
    inet_aton inet_ntoa interval is_free_lock is_ipv4 is_ipv4_compat is_ipv4_mapped is_ipv6 is_used_lock json_counter json_storage_free
    json_value json_detailed json_compact json_loose json_exists name_const oct old_password password ps_current_thread_id ps_thread_id
    random_bytes regexp_instr rand statement_digest statement_digest_text string_to_vector to_vector tidb_version tidb_is_ddl_owner
    tidb_parse_tso tidb_decode_key uncompress uncompressed_length updatexml validate_password_strength vector_dim vec_distance
    vec_cosine_distance vec_l2_distance natural_sort_key sformat to_number add_months chr json_normalize match against char_length
    sys.format_bytes sys.format_time sys.format_statement last_insert_id roles_graphml current_role icu_version bit_length lcase
    json_member_of member of max_statement_time`,
  sqlite: `glob hex iif ifnull likelihood likely unlikely like printf quote randomblob sqlite_compileoption_get sqlite_compileoption_used
    sqlite_offset subtype timediff total typeof unistr unistr_quote zeroblob octet_length concat string_agg bm25 highlight snippet fts5
    rtreecheck rtreenode rtreedepth matchinfo offsets optimize json_array_length jsonb jsonb_array jsonb_each jsonb_extract jsonb_group_array
    jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set jsonb_tree pragma_table_info
    pragma_table_xinfo pragma_table_list pragma_index_list pragma_index_info pragma_index_xinfo pragma_foreign_key_list
    pragma_foreign_key_check pragma_database_list pragma_collation_list pragma_function_list pragma_module_list pragma_pragma_list
    pragma_compile_options pragma_user_version pragma_page_count pragma_page_size pragma_integrity_check pragma_quick_check
    vec_distance_cosine vec_distance_l2 vec_version uuid uuid_str regexp ceil decimal decimal_add decimal_mul decimal_sub decimal_sum acos
    generate_series spatialite_version`,
  mssql: `cast_to_date checksum compress connectionproperty cursor_status day decompress error_line error_message error_number
    error_procedure error_severity error_state file_name filegroup_name fulltextserviceproperty generate_series get_bit
    getansinull has_dbaccess host_id ident_incr ident_seed index_col indexproperty is_objectsigned json_path_exists key_guid left_shift
    loginproperty max_extent min_active_rowversion nchar nodes object_definition object_schema_name objectpropertyex original_db_name
    parsename permissions pwdcompare rowcount_big session_context session_id set_bit sql_variant_property stats_date string_escape
    suser_id suser_sid textptr textvalid trigger_nestlevel try_cast tertiary_weights typeproperty user_id value exist query modify
    xact_state $partition approx_percentile_cont approx_percentile_disc sys.fn_listextendedproperty fn_listextendedproperty
    fn_helpcollations sys.dm_exec_sql_text sys.dm_exec_query_plan sys.dm_db_index_physical_stats sys.dm_io_virtual_file_stats
    sys.dm_exec_query_stats sys.dm_db_stats_properties sys.fn_my_permissions fn_my_permissions fn_virtualfilestats containstable freetexttable contains freetext
    changetable change_tracking_current_version change_tracking_min_valid_version top output vector_distance`,
  oracle: `appendchildxml ascii asciistr bfile bin_to_num cardinality chartorowid cluster_probability collect compose concat convert
    cube_table cv dbtimezone decompose deletexml depth dereference dump empty_blob empty_clob existsnode extract feature_id from_tz
    greatest group_id hextoraw initcap instrb iteration_number lengthb lengthc localtimestamp make_ref nanvl nls_charset_decl_len
    nls_charset_id nls_charset_name nls_initcap nls_lower nls_upper nlssort nlssort new_time numtodsinterval numtoyminterval ora_rowscn
    path prediction presentnnv presentv previous rawtohex rawtonhex ref refto_hex regexp_count remainder rowidtochar rowidtonchar scn_to_timestamp
    sessiontimezone set sys_connect_by_path sys_context sys_extract_utc sys_typeid sys_xmlagg sys_xmlgen systimestamp timestamp_to_scn
    to_binary_double to_binary_float to_blob to_clob to_dsinterval to_lob to_multi_byte to_nchar to_nclob to_single_byte to_timestamp_tz
    to_yminterval treat tz_offset uid unistr updatexml userenv validate_conversion value vsize xmlattributes xmlcast xmlcdata
    xmlcolattval xmlcomment xmlconcat xmldiff xmlelement xmlexists xmlforest xmlisvalid xmlparse xmlpi xmlquery xmlroot xmlsequence
    xmlserialize xmltable xmltransform rowid rownum wm_concat dbms_random.value dbms_random.string dbms_random.normal dbms_lob.substr
    dbms_lob.getlength dbms_lob.instr dbms_lob.compare dbms_output.put_line dbms_output.put dbms_output.enable dbms_output.new_line
    dbms_metadata.get_ddl dbms_metadata.get_dependent_ddl dbms_xplan.display dbms_xplan.display_cursor dbms_utility.get_time
    dbms_utility.format_error_stack dbms_utility.format_error_backtrace dbms_crypto.hash utl_raw.cast_to_varchar2 utl_raw.cast_to_raw
    utl_encode.base64_encode utl_encode.base64_decode utl_raw.length utl_raw.concat utl_raw.substr raise_application_error sqlerrm sqlcode
    dbms_application_info.set_module dbms_application_info.set_action dbms_application_info.set_client_info table json_dataguide
    json_serialize json_transform json_equal json_scalar vector vector_distance to_vector`,
  snowflake: `approx_top_k approximate_similarity array_agg array_flatten array_generate_range array_insert array_unique_agg arrays_to_object
    as_array as_binary as_boolean as_char as_date as_decimal as_double as_integer as_number as_object as_real as_time as_timestamp_ltz
    as_timestamp_ntz as_varchar at before bitand_agg bitmap_bit_position bitmap_bucket_number bitmap_count bitor_agg bitshiftleft
    bitshiftright bitxor_agg boolagg boolagg_or boolagg_and booland booland_agg boolnot boolor boolor_agg boolxor boolxor_agg check_json
    check_xml collate collation compress conditional_change_event conditional_true_event current_account current_account_name
    current_available_roles current_client current_ip_address current_organization_name current_region current_secondary_roles
    current_session current_statement current_transaction current_version current_warehouse decompress_string div0null emit get get_path
    get_ddl generator haversine hex_decode_binary hex_decode_string hex_encode hll hll_accumulate hll_combine hll_estimate ilike
    information_schema.query_history information_schema.query_history_by_session information_schema.query_history_by_user
    information_schema.warehouse_metering_history information_schema.task_history information_schema.copy_history
    information_schema.login_history information_schema.automatic_clustering_history information_schema.table_storage_metrics
    information_schema.warehouse_load_history information_schema.storage_usage_history information_schema.tag_references
    insert_into inarray invoker_role invoker_share is_array is_binary is_boolean is_char is_date is_date_value is_decimal is_double
    is_integer is_null_value is_object is_real is_role_in_session is_time is_timestamp_ltz is_timestamp_ntz is_varchar jarowinkler_similarity
    last_query_id last_transaction likeall likeany locate mapcat max_by md5_binary md5_hex md5_number_lower64 minhash
    monthname normal object_agg object_construct object_construct_keep_null object_delete object_insert object_keys object_pick
    parse_ip parse_url parse_xml previous_day randstr regexp_substr_all regr_valx regr_valy result_scan rlike rtrimmed_length seq1 seq2
    seq4 seq8 sha1_binary sha1_hex sha2_binary sha2_hex split_to_table squeeze strip_null_value strtok strtok_split_to_table strtok_to_array
    sysdate table timeadd timestamp_from_parts timestamp_ltz_from_parts timestamp_ntz_from_parts timestamp_tz_from_parts timestampntz
    to_char to_geography to_geometry to_timestamp_ltz to_timestamp_ntz to_timestamp_tz to_xml try_base64_decode_binary
    try_base64_decode_string try_hex_decode_string try_to_binary try_to_geography try_to_time try_to_timestamp_ltz try_to_timestamp_ntz
    try_to_timestamp_tz uniform uuid_string vector_cosine_similarity vector_inner_product vector_l2_distance weekiso xmlget yearofweek
    yearofweekiso zipf base64_decode_string base64_decode_binary base64_encode validate_json rowcount sqlrowcount lateral input`,
  bigquery: `approx_quantiles approx_top_count approx_top_sum array_concat_agg array_first array_is_distinct array_last array_zip bag
    code_points_to_bytes code_points_to_string collate countif date_from_unix_date error from_base32 from_hex from_proto
    generate_range_array hll_count.extract hll_count.init hll_count.merge hll_count.merge_partial ieee_divide is_distinct is_inf is_nan
    justify_days justify_hours justify_interval lax_bool lax_float64 lax_int64 lax_string logical_and logical_or make_interval
    net.host net.ip_from_string net.ip_to_string net.ip_net_mask net.ip_trunc net.ipv4_from_int64 net.ipv4_to_int64 net.public_suffix
    net.reg_domain net.safe_ip_from_string normalize normalize_and_casefold offset ordinal parse_bignumeric parse_json parse_numeric
    percentile_cont range_bucket range_contains range_end range_overlaps range_start safe_add safe_convert_bytes_to_string safe_multiply
    safe_negate safe_offset safe_ordinal safe_subtract session_user st_clusterdbscan st_geogpoint string strpos bool int64 float64
    timestamp_micros timestamp_millis timestamp_seconds to_base32 to_code_points to_hex unix_date unix_micros unix_millis unix_seconds
    vector_search ml.predict ml.evaluate ml.forecast ml.explain_predict ml.feature_info ml.training_info ml.weights ml.roc_curve
    ml.confusion_matrix ml.centroids ml.detect_anomalies ml.recommend ml.distance appends changes gap_fill search cosine_distance
    euclidean_distance safe_cast last_day sha256 regexp_instr contains_substr octet_length json_query_array json_strip_nulls`,
  redshift: `ascii bpcharcmp bttext_pattern_cmp cot dexp dlog1 dlog10 func_sha1 get_array_length getdate interval_cmp is_array is_object
    is_varchar json_serialize json_size last_user_query_id len lower_attribute_names object object_transform octetindex pg_backend_pid
    pg_last_copy_count pg_last_copy_id pg_last_query_id pg_last_unload_count pg_get_late_binding_view_cols pg_get_cols pg_get_iam_role_by_user
    has_database_privilege has_schema_privilege has_table_privilege pg_get_session_roles strtol subarray sysdate texttodate timeofday
    to_hex url_decode url_encode h3_fromlonglat st_geomfromewkt pg_typeof format_type pg_get_viewdef pg_get_userbyid pg_table_is_visible
    obj_description col_description pg_size_pretty array_flatten array_concat get_number_attributes checksum f_sql upper_attribute_names
    json_parse can_json_parse approximate mediannum hll hll_cardinality trunc nvl age current_setting`,
  clickhouse: '',
  duckdb: `arg_max arg_min array_cross_product array_distance array_inner_product array_value base64 bar bin bitstring century chr
    combine current_setting damerau_levenshtein date_sub datesub datetrunc decade dayofweek epoch epoch_ms epoch_ns epoch_us era
    even favg first format_bytes formatreadablesize from_base64 from_hex fsum gamma gcd generate_subscripts geomean greatest_common_divisor
    hamming histogram icu_sort_key instr isfinite isinf isnan isodow isoyear jaccard jaro_similarity jaro_winkler_similarity
    json_array_length json_structure json_transform json_transform_strict kahan_sum lcm lgamma list list_aggregate list_append
    list_any_value list_apply list_avg list_cat list_concat list_contains list_count list_distance list_distinct list_element
    list_extract list_filter list_has_all list_has_any list_indexof list_max list_min list_position list_prepend list_reduce
    list_reverse_sort list_slice list_sort list_sum list_transform list_unique list_value list_zip ltrim mad make_timestamp millennium
    millisecond mismatches nanosecond nextafter nfc_normalize ord parse_dirname parse_filename parse_path prefix product quantile
    quantile_cont quantile_disc regexp_escape regexp_full_match row_to_json sem setseed signbit split_str str_split string_to_array
    strip_accents struct_extract struct_insert struct_pack suffix sumkahan timezone timezone_hour timezone_minute to_days to_hours
    to_microseconds to_milliseconds to_minutes to_months to_seconds to_weeks to_years today transaction_timestamp txid_current unbin
    union_extract union_tag union_value url_decode url_encode weekofyear xor yearweek bit_string entropy duckdb_tables duckdb_columns
    duckdb_databases duckdb_schemas duckdb_views duckdb_indexes duckdb_functions duckdb_settings duckdb_extensions duckdb_types
    duckdb_constraints pragma_table_info pragma_storage_info pragma_database_size pragma_version summary test_all_types repeat_row
    unpivot_list columns approx_quantile reservoir_quantile bit_position get_bit set_bit last_value arrow_scan_dumb strptime try_strptime`,
  databricks: '',
  hive: `assert_true bround context_ngrams create_union crc32 current_authorizer current_database current_groups current_user date_format
    elt enforce_constraint factorial field floor_day floor_hour floor_month from_utc_timestamp get_json_object grouping hash histogram_numeric
    in_file java_hash json_tuple logged_in_user map_index mask mask_first_n mask_hash mask_last_n mask_show_first_n mask_show_last_n ngrams
    nonegative noop parse_url parse_url_tuple percentile percentile_approx positive pmod negative quarter rand sentences shiftrightunsigned
    size sort_array sort_array_by split str_to_map surrogate_key to_utc_timestamp to_unix_timestamp trunc unbase64 var_samp version
    xpath xpath_boolean xpath_double xpath_float xpath_int xpath_long xpath_number xpath_short xpath_string collect_list collect_set
    ndv appx_median group_concat nvl2 isnotnull isfalse istrue isnotfalse isnottrue e`,
  trino: '',
  generic: '',
};
