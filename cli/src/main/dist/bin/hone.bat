@echo off
rem Starts Hone's command line on Windows. Untested: nobody who builds Hone has a Windows machine.
rem Please say what does not work, and what does.
setlocal
set "HONE_ROOT=%~dp0.."
set "HONE_JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "HONE_JAVA=%JAVA_HOME%\bin\java.exe"
"%HONE_JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo hone needs Java 17 or later; found none. Maybe install one, or set JAVA_HOME. 1>&2
  exit /b 69
)
"%HONE_JAVA%" -jar "%HONE_ROOT%\hone-cli.jar" %*
exit /b %ERRORLEVEL%
