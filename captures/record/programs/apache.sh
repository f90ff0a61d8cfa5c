# An Apache httpd of our own in the foreground, for the cases that ask for one (sourced by their files).

# apache_configuration REQUESTS: MaxKeepAliveRequests; the timeout is httpd's own default of 5 s.
apache_configuration() {
    mkdir -p "$RUN/documents"
    echo hello >"$RUN/documents/index.txt"
    cat >"$RUN/apache.conf" <<CONFIGURATION
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
ServerName example.test
ServerTokens Minor
Listen 80
PidFile $RUN/apache.pid
ErrorLog $RUN/apache-error.log
DocumentRoot $RUN/documents
User www-data
Group www-data
StartServers 1
ThreadsPerChild 4
MaxRequestWorkers 4
FileETag None
KeepAlive On
KeepAliveTimeout 5
MaxKeepAliveRequests $1
CONFIGURATION
}

serve() { apache2 -D FOREGROUND -f "$RUN/apache.conf"; }
