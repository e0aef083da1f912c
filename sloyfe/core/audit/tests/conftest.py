from sloyfe.core.audit.tests.flush import let_tests_empty_the_logs

let_tests_empty_the_logs()
