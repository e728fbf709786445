"""Innenfor: young people outside work and education, and what helps."""

import streamlit as st

from pages.frame import shell

st.set_page_config(layout="centered", page_icon="pages/static/icon.svg", initial_sidebar_state="collapsed")
shell.enter()
