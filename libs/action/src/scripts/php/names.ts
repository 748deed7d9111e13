/** What PHP's functions do. Names are in lower case, as PHP compares them. From the manual. */
import { type Language, deedsOf, wordsIn } from '../language.ts';

const DEEDS = deedsOf([
  ['system exec shell_exec passthru popen proc_open', '!0'],
  ['pcntl_exec', '@0,1'],
  ['eval assert create_function', '=0'],
  ['include require include_once', '*opaque code that is not in the text'],
  [
    'call_user_func call_user_func_array array_map register_shutdown_function register_tick_function ob_start forward_static_call forward_static_call_array set_error_handler set_exception_handler spl_autoload_register',
    'calls 0',
  ],
  [
    'usort uasort uksort array_walk array_walk_recursive array_filter array_reduce array_all array_any array_find array_find_key iterator_apply preg_replace_callback',
    'calls 1',
  ],
  ['unlink', 'rm -f $0'],
  ['rmdir', 'rmdir $0'],
  ['rename', 'mv $0 $1'],
  ['copy move_uploaded_file', 'cp $0 $1'],
  ['mkdir', 'mkdir -p $0'],
  ['touch', 'touch $0'],
  ['chmod', 'chmod $1 $0'],
  ['chown chgrp', 'chown $1 $0'],
  ['symlink', 'ln -s $0 $1'],
  ['link', 'ln $0 $1'],
  ['file_put_contents', 'tee $0'],
  ['fopen gzopen', 'open 0 1'],
  ['file_get_contents file readfile show_source highlight_file parse_ini_file simplexml_load_file fpassthru', 'cat $0'],
  ['scandir glob opendir is_dir is_file file_exists stat filesize filemtime readlink', 'ls'],
  ['getenv', '-'],
  ['mail', '*export sends mail'],
  ['curl_init', '*network opens a connection'],
  [
    'fsockopen pfsockopen stream_socket_client stream_socket_server socket_create socket_connect gethostbyname dns_get_record ftp_connect ssh2_connect',
    '*network opens a connection or a listener',
  ],
  ['mysqli_connect mysqli pdo pg_connect', '*network connects to a database'],
  ['sqlite3().exec sqlite3().query', 'sql:sqlite 0'],
  ['sqlite3', '-'],
  ['?.exec ?.query ?.prepare', 'sql: 0'],
  ['mysqli_query', 'sql:mysql 1'],
  ['pg_query', 'sql:postgres 0'],
  ['unserialize', '*code_execution what it loads may be code'],
  ['dl ffi.cdef ffi.load', '*code_execution loads a library'],
  ['putenv ini_set set_include_path', '*config_change changes how PHP behaves'],
  ['posix_kill', 'kill -9 $0'],
  ['posix_setuid posix_setgid posix_seteuid', '*identity_change acts as another user'],
  ['phpinfo', '*secret_read tells the environment'],
  ['extract parse_str', '*opaque makes variables that are worked out when it runs'],
  ['preg_replace.e mb_ereg_replace', '*opaque may run code'],
]);

const PURE = wordsIn(
  `abs addslashes array_chunk array_column array_combine array_count_values array_diff array_diff_key array_fill array_fill_keys array_flip array_intersect
   array_intersect_key array_is_list array_key_exists array_key_first array_key_last array_keys array_merge array_merge_recursive array_pad array_pop array_product array_push array_rand
   array_replace array_reverse array_search array_shift array_slice array_splice array_sum array_unique array_unshift array_values arsort asort base64_decode base64_encode
   base_convert basename bin2hex bindec boolval ceil checkdate chr chunk_split class_exists compact constant cos count crc32 ctype_alnum ctype_alpha ctype_digit ctype_lower ctype_space
   ctype_upper current date date_default_timezone_get date_default_timezone_set datetime datetimeimmutable dateinterval datetimezone dateperiod debug_zval_refcount dechex decbin decoct define defined deg2rad dirname
   end error_log error_reporting exit exp explode extension_loaded fclose feof fflush fgetcsv fgets floatval floor fmod fputcsv fputs fread fscanf fseek ftell ftruncate func_get_args function_exists fwrite
   gc_collect_cycles get_class get_defined_constants get_extension_funcs get_loaded_extensions get_object_vars getcwd getdate gethostname getmypid gettype gmdate hash hash_algos hash_hmac hex2bin hexdec hrtime
   html_entity_decode htmlentities htmlspecialchars http_build_query implode in_array inet_pton ini_get intdiv intval ip2long is_array is_bool is_callable is_float is_int is_integer is_nan is_null is_numeric is_object
   is_readable is_string is_writable iterator_to_array join json_decode json_encode json_last_error json_last_error_msg key krsort ksort lcfirst levenshtein list localeconv localtime log log10 long2ip ltrim max
   mb_convert_case mb_convert_encoding mb_internal_encoding mb_str_split mb_strlen mb_strpos mb_strtolower mb_strtoupper mb_substr md5 memory_get_peak_usage memory_get_usage method_exists microtime min mktime
   money_format mt_rand mt_srand natsort next nl2br number_format octdec ord pack parse_url password_get_info password_hash password_verify php_sapi_name php_uname phpversion pi pow preg_grep preg_last_error preg_match
   preg_match_all preg_quote preg_replace preg_split prev print print_r printf property_exists quoted_printable_encode rad2deg rand random_bytes random_int range rawurldecode rawurlencode realpath reset round rsort rtrim
   serialize set_error_handler set_time_limit sha1 shuffle similar_text sin sleep sort soundex splfixedarray splobjectstorage sprintf sqrt srand sscanf str_contains str_ends_with str_getcsv str_ireplace str_pad str_repeat str_replace
   str_rot13 str_shuffle str_split str_starts_with str_word_count strcasecmp strcmp strcspn strftime strip_tags stripos stripslashes stristr strlen strncasecmp strncmp strpos strrchr strrev strripos strrpos strspn
   strstr strtok strtolower strtotime strtoupper strtr strval substr substr_compare substr_count substr_replace sys_get_temp_dir tan tempnam time timezone_identifiers_list tmpfile trigger_error trim ucfirst ucwords uksort uniqid
   unpack unset urldecode urlencode usleep utf8_decode utf8_encode var_dump var_export version_compare vprintf vsprintf wordwrap zend_version exception runtimeexception invalidargumentexception arrayobject arrayiterator
   closure simplexml_load_string domdocument stdclass generator fputs filter_var ctype_punct gzencode gzdecode gzcompress gzuncompress array_walk isset empty echo usort array_reduce iterator_count mb_detect_encoding sodium_crypto_secretbox openssl_random_pseudo_bytes`,
);

const METHODS = wordsIn(
  `format modify add sub diff gettimestamp settimestamp setdate settime getmessage getcode gettrace gettraceasstring getline count append current key next rewind valid fetch fetchall fetchcolumn
   fetch_assoc fetch_all rowcount close tostring getelementsbytagname loadxml loadhtml savexml asxml xpath getattribute setattribute getname children attributes createfromformat`,
);

export const PHP: Language = {
  dialect: 'php',
  deeds: DEEDS,
  pure: PURE,
  methods: METHODS,
  globals: new Map(),
  doors: /^__(construct|call|callstatic|invoke)$/,
  modules: () => false,
};
