/** Functions of ClickHouse, Spark and Trino that only compute: the three with the longest lists. */

/** ClickHouse: aggregate functions take suffixes, so these are stems too. */
export const CLICKHOUSE_AGGREGATES = `any anyheavy anylast argmax argmin avg avgweighted corr corrstable count covarpop covarsamp deltasum
  deltasumtimestamp entropy exponentialmovingaverage first_value grouparray grouparrayinsertat grouparraylast grouparraymovingavg
  grouparraymovingsum grouparraysample grouparraysorted groupbitand groupbitmap groupbitor groupbitxor groupconcat groupuniqarray
  intervallengthsum kurtpop kurtsamp largesttrianglethreebuckets last_value mannwhitneyutest max maxintersections maxmap median min minmap
  quantile quantiledeterministic quantileexact quantileexacthigh quantileexactlow quantileexactweighted quantilegk quantiles quantilesexact
  quantilestdigest quantiletdigest quantiletiming quantilestiming rankcorr retention sequencecount sequencematch sequencenextnode
  simplelinearregression singlevalueornull skewpop skewsamp sparkbar stddevpop stddevsamp stddevpopstable sum sumcount sumkahan summap
  sumwithoverflow topk topkweighted uniq uniqcombined uniqcombined64 uniqexact uniqhll12 uniqthetasketch uniqupto varpop varsamp welchttest
  windowfunnel groupbitmapand groupbitmapor`;

export const CLICKHOUSE_SUFFIXES =
  /(if|array|map|state|merge|mergestate|foreach|distinct|ordefault|ornull|resample|simplestate|argmin|argmax)+$/;

/** `toStartOf…`, `toInt32OrNull` and their like, where all of a family only compute. */
export const CLICKHOUSE_FAMILIES =
  /^(to(u?int|float|decimal|date|datetime|string|fixedstring|ipv[46]|uuid|bool|year|month|day|hour|minute|second|week|quarter|start|last|monday|relative|yyyy|unix|timezone|type|interval|iso|low|null|valid|json|time)\w*|array\w+|bit\w+|json\w+|map\w+|tuple\w*|extract\w*|match\w*|multi\w+|position\w*|replace\w*|split\w+|sub(string|tract)\w*|add(days|hours|minutes|months|quarters|seconds|weeks|years|date|interval)\w*|date\w+|format\w+|geo\w+|h3\w+|s2\w+|ipv[46]\w+|is\w+|has\w*|int\w+|lower\w*|upper\w*|utf8?\w*|parse\w+|round\w*|runningdifference\w*|reinterpret\w*|empty\w*|notempty|cityhash64|sip\w*hash\w*|xxhash\w+|murmurhash\w+|halfmd5|farm\w+|metro\w+|java\w*hash|url(hash|hierarchy|pathhierarchy)|cut\w+|domain\w*|protocol|toplevel\w+|path\w*|querystring\w*|fragment\w*|decode\w+|encode\w+|less\w*|greater\w*|equals|notequals|plus|minus|multiply|divide|modulo\w*|negate|and|or|not|xor|if\w*|multiif|coalesce|assumenotnull|tonullable|ngram\w+|token\w*|str\w+|trim\w*|concat\w*|lag\w*|lead\w*|neighbor|dictget\w*|dicthas|cosine\w+|l[12p]\w+|linf\w+|dotproduct|wkt|read(wkt|wkb)\w*|point\w+|polygon\w+|great\w+|erf\w*|tgamma|lgamma|exp\w+|log\w*|sqrt|cbrt|hypot|intdiv\w*|gcd|lcm|timeslot\w*|now\w*|today|yesterday|numeric\w*|generate(ulid|uuid|snowflake)\w*|rand\w*|simplejson\w+|visitparam\w+|normalize\w*|syntax\w+|hex|unhex|bin|unbin|char|base(58|64)\w+|tryb\w+|translate\w*|least|transform|in|notin|globalin|currentprofiles|currentroles|currentdatabase|hostname|fqdn|servertimezone|timezone\w*|version|uptime|blocknumber|rownumber\w+|materialize|ignore|identity|bar|arrayjoin|makedate\w*|fromunix\w+|age|changeday|formatreadable\w+|countsubstrings\w*|levenshtein\w*|editdistance\w*|soundex|stem|lemmatize|synonyms|detect\w+|getsetting|typename|default(value)\w*|zookeepersessionuptime|width_?bucket|proportionsztest|minsamplesize\w*|dynamic\w+|variant\w+|nested|grouping|sign|ceil\w*|floor\w*|trunc\w*|abs)$/;

/** Table functions that read nothing from outside. */
export const CLICKHOUSE_TABLES =
  'numbers numbers_mt zeros zeros_mt generaterandom values null view merge generateseries generate_series dictionary format viewexplain input loop mergetreeindex fuzzjson timeseriesselector';

export const SPARK = `acosh any approx_count_distinct approx_top_k array_insert array_repeat array_append ascii assert_true bigint bin bit_get bit_length
  bitmap_bit_position bool_and bround btrim cbrt charindex collate collect_list collect_set convert_timezone count_min_sketch csc current_catalog
  current_metastore current_timezone current_version date_from_unix_date decode e elt encode equal_null event_log every endswith
  filter find_in_set float floor format_number format_string from_avro from_csv from_unixtime from_utc_timestamp from_xml get getbit
  get_json_object h3_longlatash3 hash histogram_numeric hll_sketch_agg hll_sketch_estimate hll_union hypot ilike input_file_block_length
  input_file_block_start input_file_name int is_member is_account_group_member isnan isnotnull json_object_keys kurtosis like list_secrets_names
  localtimestamp make_dt_interval make_interval make_ym_interval mask mean monotonically_increasing_id nanvl negative normalize nvl
  parse_url percentile percentile_approx pmod positive quarter raise_error randn regexp rint rlike schema_of_csv schema_of_json
  schema_of_xml sec sentences session_window shiftrightunsigned size slice smallint some sort_array spark_partition_id sql_keywords
  str_to_map table_changes timestamp_micros timestamp_millis timestamp_seconds tinyint to_avro to_char to_csv to_timestamp_ltz to_timestamp_ntz
  to_utc_timestamp to_xml transform_keys transform_values try_add try_aes_decrypt try_avg try_divide try_element_at try_multiply try_subtract
  try_sum try_to_binary try_to_number try_to_timestamp try_url_decode try_variant_get try_reflect_none unbase64 unix_date unix_micros
  unix_millis unix_seconds url_decode url_encode variant_get variant_explode vector_search_none weekday window window_time xpath
  xpath_boolean xpath_double xpath_float xpath_int xpath_long xpath_number xpath_short xpath_string aes_encrypt aes_decrypt luhn_check
  st_h3 zeroifnull is_variant_null parse_json to_variant_object startswith width_bucket date_from_parts unhex`;

export const TRINO = `all_match any_match approx_most_frequent approx_set array_frequency array_histogram arrays_overlap
  bar beta_cdf bing_tile bitwise_and bitwise_and_agg bitwise_left_shift bitwise_not bitwise_or bitwise_or_agg bitwise_right_shift bitwise_xor
  char2hexint checksum chr codepoint color combinations contains cosine_similarity cosine_distance e empty_approx_set evaluate_classifier
  find_first from_base from_base32 from_base64url from_big_endian_32 from_big_endian_64 from_encoded_polyline from_geojson_geometry
  from_hex from_ieee754_32 from_iso8601_timestamp_nanos from_unixtime_nanos from_utf8 geometric_mean great_circle_distance hamming_distance
  hash_counts histogram hmac_md5 hmac_sha1 hmac_sha256 hmac_sha512 human_readable_seconds index infinity inverse_beta_cdf
  inverse_normal_cdf is_finite is_infinite is_json_scalar is_nan json_extract_scalar learn_classifier learn_regressor levenshtein_distance
  like_pattern line_interpolate_point listagg luhn_check make_set_digest map_agg map_union map_zip_with merge merge_set_digest
  millisecond multimap_agg multimap_from_entries nan ngrams none_match normal_cdf normalize numeric_histogram on_or_after parse_data_size
  parse_duration parse_presto_data_size qdigest_agg quantile_at_value rgb regress render sequence shuffle spooky_hash_v2_32
  spooky_hash_v2_64 split_to_map split_to_multimap strrpos tdigest_agg timezone_hour timezone_minute to_base to_base32 to_base64url
  to_big_endian_32 to_big_endian_64 to_encoded_polyline to_geojson_geometry to_geometry to_hex to_ieee754_32 to_ieee754_64 to_iso8601
  to_milliseconds to_spherical_geography to_utf8 transform_keys transform_values trim_array url_decode url_encode url_extract_fragment
  url_extract_host url_extract_parameter url_extract_path url_extract_port url_extract_protocol url_extract_query value_at_quantile
  values_at_quantiles wilson_interval_lower wilson_interval_upper with_timezone word_stem xxhash64 year_of_week yow day_of_month
  day_of_week day_of_year date last_day_of_month current_groups current_timezone simplify_geometry exclude_columns`;
