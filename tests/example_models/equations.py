# SPDX-License-Identifier: MIT
"""The example models once more, written by hand as in their publications, in Brian2's language without units.

Nothing here is read from the files of the models: the two are compared. v is in mV, time in ms; conductances g_NAME and
the current I are the parameters of a case.
"""

from __future__ import annotations

from typing import Dict, NamedTuple, Tuple


class Equations(NamedTuple):
    text: str
    """Lines `dx/dt = ...` of states, of which v is the first, and `x = ...` of what they are made of."""
    capacitance: float
    start_mv: float


class Case(NamedTuple):
    model: str
    conductances: Dict[str, float]
    current: float


#: Connor, Walter and McKown (1977) as in Dayan and Abbott, Theoretical Neuroscience (2001), chapter 6.
CONNOR_STEVENS = """
dv/dt = (I - g_leak*(v + 17) - g_Na*m**3*h*(v - 55) - g_K*n**4*(v + 72) - g_A*a**3*b*(v + 75))/C
dm/dt = am*(1 - m) - bm*m
dh/dt = ah*(1 - h) - bh*h
dn/dt = an*(1 - n) - bn*n
da/dt = (a_inf - a)/tau_a
db/dt = (b_inf - b)/tau_b
am = 0.38*(v + 29.7)/(1 - exp(-0.1*(v + 29.7)))
bm = 15.2*exp(-0.0556*(v + 54.7))
ah = 0.266*exp(-0.05*(v + 48))
bh = 3.8/(1 + exp(-0.1*(v + 18)))
an = 0.02*(v + 45.7)/(1 - exp(-0.1*(v + 45.7)))
bn = 0.25*exp(-0.0125*(v + 55.7))
a_inf = (0.0761*exp(0.0314*(v + 94.22))/(1 + exp(0.0346*(v + 1.17))))**(1/3.)
tau_a = 0.3632 + 1.158/(1 + exp(0.0497*(v + 55.96)))
b_inf = (1/(1 + exp(0.0688*(v + 53.3))))**4
tau_b = 1.24 + 2.678/(1 + exp(0.0624*(v + 50)))
"""

#: Traub and Miles as in Pospischil et al. (2008), where x = v - V_T.
TRAUB_MILES = """
dm/dt = am*(1 - m) - bm*m
dh/dt = ah*(1 - h) - bh*h
dn/dt = an*(1 - n) - bn*n
am = -0.32*(x - 13)/(exp(-(x - 13)/4) - 1)
bm = 0.28*(x - 40)/(exp((x - 40)/5) - 1)
ah = 0.128*exp(-(x - 17)/18)
bh = 4/(1 + exp(-(x - 40)/5))
an = -0.032*(x - 15)/(exp(-(x - 15)/5) - 1)
bn = 0.5*exp(-(x - 10)/40)
"""

PYRAMIDAL_M = """
dv/dt = (I - g_leak*(v + 70.3) - I_Na - I_K - g_M*p*(v + 90) - g_L*q**2*r*(v - 120))/C
I_Na = g_Na*m**3*h*(v - 50)
I_K = g_K*n**4*(v + 90)
dp/dt = (1/(1 + exp(-(v + 35)/10)) - p)/tau_p
tau_p = 608/(3.3*exp((v + 35)/20) + exp(-(v + 35)/20))
dq/dt = aq*(1 - q) - bq*q
dr/dt = ar*(1 - r) - br*r
aq = 0.055*(-27 - v)/(exp((-27 - v)/3.8) - 1)
bq = 0.94*exp((-75 - v)/17)
ar = 0.000457*exp((-13 - v)/50)
br = 0.0065/(exp((-15 - v)/28) + 1)
x = v + 56.2
""" + TRAUB_MILES

#: T, A and h of Huguenard and McCormick (1992); tau_c, that of T's inactivation, as in Destexhe et al. (1996).
THALAMOCORTICAL = """
dv/dt = (I - g_leak*(v + 70) - g_KL*(v + 100) - I_Na - I_K - I_A - I_T - g_h*r*(v + 43))/C
I_Na = (g_Na*m**3*h + g_NaP/(1 + exp(-(v + 49)/5)))*(v - 50)
I_K = g_K*n**4*(v + 100)
I_A = g_A*a**4*b*(v + 100)
I_T = g_T*s**2*c*(v - 120)
da/dt = (1/(1 + exp(-(v + 60)/8.5)) - a)/tau_a
db/dt = (1/(1 + exp((v + 78)/6)) - b)/tau_b
ds/dt = (1/(1 + exp(-(v + 59)/6.2)) - s)/tau_s
dc/dt = (1/(1 + exp((v + 83)/4)) - c)/tau_c
dr/dt = (1/(1 + exp((v + 75)/5.5)) - r)/tau_r
tau_a = 0.0937 + 0.2532/(exp((v + 35.82)/19.69) + exp(-(v + 79.69)/12.7))
tau_b = 4.81*(1 - below) + below*0.2532/(exp((v + 46.05)/5) + exp(-(v + 238.4)/37.45))
below = 1/(1 + exp(v + 63))
tau_s = 0.0887 + 0.1449/(exp((v + 18.8)/18.2) + exp(-(v + 134)/16.7))
tau_c = 8.235 + 0.26738*(211.4 + exp((v + 115.2)/5))/(1 + exp((v + 86)/3.2))
tau_r = 1/(exp((v - 26.676)/14.265) + exp(-(v + 169.651)/11.628))
x = v + 52
""" + TRAUB_MILES

#: Rinzel and Ermentrout, in Methods in Neuronal Modeling (1989).
MORRIS_LECAR = """
dv/dt = (I - g_Ca*0.5*(1 + tanh((v + 1.2)/18))*(v - 120) - g_K*w*(v + 84) - g_leak*(v + 60))/C
dw/dt = 0.04*cosh((v - 2)/60)*(0.5*(1 + tanh((v - 2)/30)) - w)
"""

EQUATIONS = {
    "connor_stevens": Equations(CONNOR_STEVENS, 1, -68),
    "morris_lecar": Equations(MORRIS_LECAR, 20, -60),
    "pyramidal_m": Equations(PYRAMIDAL_M, 1, -70.3),
    "thalamocortical": Equations(THALAMOCORTICAL, 1, -70),
}

RELAY = {"Na": 33, "K": 2.7, "NaP": 0.047, "A": 0.17, "KL": 0.0225, "leak": 0.02}

#: By what a published conductance is multiplied in the file. A's activation is divided by 1.02 there, to stay below 1.
SCALES = {("connor_stevens", "A"): 1.02**3}

CASES: Tuple[Case, ...] = (
    Case("connor_stevens", {"Na": 120, "K": 20, "A": 47.7, "leak": 0.3}, 10),
    Case("morris_lecar", {"Ca": 4.4, "K": 8, "leak": 2}, 100),
    Case("pyramidal_m", {"Na": 56, "K": 6, "M": 0.075, "L": 0, "leak": 0.0205}, 1),
    Case("pyramidal_m", {"Na": 50, "K": 5, "M": 0.03, "L": 0.2, "leak": 0.01}, 0.3),
    Case("thalamocortical", {**RELAY, "T": 2.2, "h": 0.1}, 0),
    Case("thalamocortical", {**RELAY, "T": 2.2, "h": 0.1}, 1),
)
