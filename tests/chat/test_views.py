import gzip


def test_the_widgets_script_is_served_small_and_cached_briefly(client_http):
    response = client_http.get("/widget/kefu.js", HTTP_ACCEPT_ENCODING="gzip")
    assert response["Content-Type"].startswith("text/javascript")
    assert len(response.content) <= 15_000
    assert b"kefu" in gzip.decompress(response.content)
    assert "max-age=300" in response["Cache-Control"]
    again = client_http.get("/widget/kefu.js", HTTP_IF_NONE_MATCH=response["ETag"])
    assert again.status_code == 304


def test_a_client_that_cannot_unzip_gets_it_plain(client_http):
    response = client_http.get("/widget/kefu.js", HTTP_ACCEPT_ENCODING="identity")
    assert "Content-Encoding" not in response


def test_pages_that_isolate_themselves_may_load_it(client_http):
    response = client_http.get("/widget/kefu.js")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Access-Control-Allow-Origin"] == "*"
