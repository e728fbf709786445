"""The floor's Streamlit script: two pages of plain text, and one with one chart and one widget. Nothing else."""

import streamlit as st

YEARS = list(range(2008, 2025))
SENTENCE = "A plain page of text, against which a switch of pages is measured. "


def text() -> None:
    st.title("Text")
    st.write(SENTENCE * 3)


def other() -> None:
    st.title("Other text")
    st.write(SENTENCE * 4)


def chart() -> None:
    import plotly.graph_objects as go

    st.title("Chart")
    lift = st.selectbox("Level", [0, 1], key="choose")
    figure = go.Figure()
    for line in range(4):
        values = [0.1 + 0.01 * ((year * (line + 3) + lift) % 7) for year in YEARS]
        figure.add_scatter(x=YEARS, y=values, mode="lines+markers", name=f"line {line}")
    st.plotly_chart(figure, key="picture")


pages = [st.Page(page, title=page.__name__, url_path=page.__name__) for page in (text, other, chart)]
st.navigation(pages, position="top").run()
