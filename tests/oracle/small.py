"""A hand-written extract in the form of the UK framework's two files: always here, where the real ones may not be."""

SKILLS = """\
Skill Name,Skill Description,Awareness,Working,Practitioner,Expert,Roles that require Skill
Testing,You test what is made.,You can tell why.,You can test.,You can lead.,You set how we test.,"Tester, Analyst"
Asking users,You ask those who use it.,You can tell why.,You can ask.,You can lead.,You set how we ask.,"Analyst, Chief"
Modelling data,You draw how things hang together.,You can tell why.,You can draw.,You can lead.,You set how.,Analyst
Leading change,You lead a change.,You can tell why.,You can help.,You can lead.,You set how.,Chief
"""

ROLES = """\
Role Family,Role,Role Description,Role Level,Role Level Description,Skill Name,Skill Description,Skill Level,\
Skill Level Description,Role Type
Quality,Tester,A tester tests.,Junior tester,Begins.,Testing,You test what is made.,Working,You can test.,DDaT
Quality,Tester,A tester tests.,Senior tester,Leads.,Testing,You test what is made.,Expert,You set how we test.,DDaT
Data,Analyst,An analyst finds out.,Data analyst,Finds out.,Testing,You test what is made.,Awareness,Why.,DDaT
Data,Analyst,An analyst finds out.,Data analyst,Finds out.,Asking users,You ask.,Practitioner,You can lead.,DDaT
Data,Analyst,An analyst finds out.,Data analyst,Finds out.,Modelling data,You draw.,Practitioner,You can lead.,DDaT
Data,Analyst,An analyst finds out.,Data analyst,Finds out.,Modelling data,You draw.,Practitioner,You can lead.,DDaT
Lead,Chief,A chief leads.,NOT IN USE,NOT IN USE,Leading change,You lead a change.,NOT IN USE,NOT IN USE,SCS
Lead,Chief,A chief leads.,NOT IN USE,NOT IN USE,Asking users,You ask.,NOT IN USE,NOT IN USE,SCS
"""
