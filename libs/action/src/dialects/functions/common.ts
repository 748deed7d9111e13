/** Functions that only compute, under names that several servers share. Names are from the servers' manuals. */

export const COMMON: readonly string[] = [
  // Aggregates and windows
  `any_value approx_count_distinct approx_distinct approx_percentile array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count
   count_if countif covar_pop covar_samp cume_dist dense_rank every first first_value group_concat grouping grouping_id json_agg
   json_arrayagg json_object_agg json_objectagg kurtosis lag last last_value lead listagg max max_by median min min_by mode nth_value
   ntile percent_rank percentile_cont percentile_disc rank ratio_to_report regr_avgx regr_avgy regr_count regr_intercept regr_r2
   regr_slope regr_sxx regr_sxy regr_syy row_number skewness stddev stddev_pop stddev_samp std string_agg sum total var_pop var_samp
   variance xmlagg count_big checksum_agg stdev stdevp var varp`,
  // Conditions and conversions
  `cast try_cast safe_cast convert try_convert coalesce nullif ifnull isnull nvl nvl2 if iif iff decode greatest least choose case
   to_char to_date to_number to_timestamp to_time to_decimal to_double to_varchar to_boolean to_binary to_variant to_json to_array
   to_object parse_json try_parse_json try_to_number try_to_date try_to_timestamp try_to_decimal try_to_double try_to_boolean
   parse try_parse isnumeric isdate typeof str val number text varchar char nchar int integer bigint float double real decimal numeric
   boolean string binary date time datetime timestamp interval year_month zeroifnull nullifzero lnnvl equal_null bool row struct array`,
  // Strings
  `ascii base64 bit_length btrim byte_length char_length character_length charindex chr concat concat_ws contains difference editdistance
   elt endswith ends_with export_set field find_in_set format format_string from_base64 hex initcap insert instr lcase left len length
   levenshtein locate lower lpad ltrim make_set md5 mid octet_length ord overlay patindex position printf quote quotename regexp
   regexp_contains regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_match regexp_matches regexp_replace
   regexp_split regexp_split_to_array regexp_substr repeat replace replicate reverse right rpad rtrim sha sha1 sha2 sha256 sha512
   similarity soundex space split split_part split_to_array startswith starts_with str_to_date strcmp string_split string_to_array
   strpos stuff substr substring substring_index to_base64 translate trim ucase unhex unicode upper uuid weight_string`,
  // Numbers
  `abs acos acosh asin asinh atan atan2 atanh atn2 bit_count cbrt ceil ceiling conv cos cosh cot crc32 degrees div div0 exp factorial floor
   log log10 log2 ln mod pi pow power radians rand random round sign sin sinh sqrt square tan tanh trunc truncate width_bucket
   bitand bitor bitxor bitnot shiftleft shiftright safe_divide`,
  // Dates and times
  `add_months adddate addtime age convert_tz convert_timezone curdate current_date current_datetime current_time current_timestamp
   curtime date_add date_diff date_format date_part date_sub date_trunc dateadd datediff datediff_big datefromparts datename datepart
   date_parse date_from_parts datetime_add datetime_diff datetime_sub datetime_trunc datetime_bucket day dayname dayofmonth dayofweek
   dayofyear eomonth extract from_days from_unixtime get_format getdate getutcdate hour julianday last_day localtime localtimestamp
   make_date make_time make_timestamp makedate maketime microsecond minute month monthname months_between next_day now period_add
   period_diff quarter sec_to_time second str_to_time strftime subdate subtime switchoffset sysdate sysdatetime sysdatetimeoffset
   sysutcdatetime time_add time_diff time_format time_from_parts time_slice time_sub time_to_sec time_trunc timediff timefromparts
   timestamp_add timestamp_diff timestamp_sub timestamp_trunc timestampadd timestampdiff to_days to_seconds todatetimeoffset to_unixtime
   unix_timestamp utc_date utc_time utc_timestamp week weekday weekofyear year yearweek unixepoch time_bucket from_iso8601_timestamp
   from_iso8601_date at_timezone parse_date parse_datetime parse_timestamp parse_time format_date format_datetime format_timestamp
   format_time datetime2fromparts smalldatetimefromparts`,
  // JSON and arrays
  `json json_array json_array_append json_array_get json_array_insert json_array_length json_arrow json_build_array json_build_object
   json_contains json_contains_path json_depth json_each json_exists json_extract json_extract_array json_extract_path
   json_extract_path_text json_extract_scalar json_extract_string json_group_array json_group_object json_insert json_keys json_length
   json_merge json_merge_patch json_merge_preserve json_modify json_object json_overlaps json_parse json_patch json_pretty json_query
   json_quote json_remove json_replace json_schema_valid json_search json_set json_storage_size json_table json_tree json_tuple
   json_type json_unquote json_valid json_value json_value_array json_format isjson openjson get_json_object from_json to_json_string
   json_string json_error_position json_object_keys is_valid_json cardinality element_at array_append array_cat array_compact array_concat
   array_contains array_construct array_distinct array_except array_intersect array_join array_length array_max array_min array_position
   array_prepend array_remove array_reverse array_size array_slice array_sort array_sum array_to_string array_union arrays_overlap
   arrays_zip array_any array_all explode explode_outer posexplode posexplode_outer inline inline_outer stack sequence flatten unnest
   filter transform aggregate reduce exists forall zip_with map map_keys map_values map_entries map_from_entries map_from_arrays
   map_concat map_filter named_struct generate_series generate_array generate_date_array generate_timestamp_array range`,
  // The session and the server, as they know themselves
  `connection_id current_database current_role current_schema current_schemas current_user database last_insert_id row_count found_rows
   schema session_user system_user user version current_catalog user_name suser_name suser_sname db_name db_id object_id object_name
   schema_name schema_id host_name app_name original_login scope_identity ident_current type_name type_id col_name col_length
   columnproperty objectproperty databasepropertyex serverproperty has_perms_by_name is_member is_srvrolemember is_rolemember
   changes total_changes last_insert_rowid sqlite_version sqlite_source_id`,
  // Identifiers and digests
  `newid newsequentialid gen_random_uuid uuid_short uuid_to_bin bin_to_uuid is_uuid sys_guid generate_uuid generate_uuidv4 uuid_string
   checksum binary_checksum hashbytes hash farm_fingerprint ora_hash standard_hash xxhash64 murmurhash fnv_hash`,
  // Grammar written as functions
  `values row_value in any all some exists_agg rollup cube grouping_sets`,
  // Geometry
  `st_area st_asgeojson st_astext st_aswkt st_aswkb st_asbinary st_buffer st_centroid st_contains st_covers st_crosses st_difference
   st_dimension st_disjoint st_distance st_distance_sphere st_dwithin st_envelope st_equals st_geogfromgeojson st_geogfromtext
   st_geogpoint st_geographyfromtext st_geohash st_geometrytype st_geomfromgeojson st_geomfromtext st_geomfromwkb st_intersection
   st_intersects st_isempty st_isvalid st_latitude st_length st_longitude st_makeline st_makepoint st_numpoints st_overlaps st_perimeter
   st_point st_pointfromtext st_simplify st_srid st_touches st_transform st_union st_within st_x st_y point linestring polygon
   mbrcontains mbrwithin mbrintersects`,
];
