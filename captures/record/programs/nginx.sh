# An nginx of our own in the foreground, for the cases that ask for one (sourced by their files).

# nginx_configuration DIRECTIVES: one server on port 80; DIRECTIVES go into its `server` block.
nginx_configuration() {
    cat >"$RUN/nginx.conf" <<CONFIGURATION
user root;
daemon off;
worker_processes 1;
pid $RUN/nginx.pid;
error_log $RUN/nginx-error.log;
events { }
http {
    access_log off;
    default_type text/plain;
    client_body_temp_path $RUN/nginx-body;
    proxy_temp_path $RUN/nginx-proxy;
    fastcgi_temp_path $RUN/nginx-fastcgi;
    uwsgi_temp_path $RUN/nginx-uwsgi;
    scgi_temp_path $RUN/nginx-scgi;
    server {
        listen 80;
        $1
    }
}
CONFIGURATION
}

serve() { nginx -c "$RUN/nginx.conf"; }
