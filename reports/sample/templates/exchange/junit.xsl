<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     exchange/junit.xml: a test case a check, so that a CI job shows what failed.
  INPUT       <exchange>
  MODES       case     a check as a test case
              outcome  what came of it: failure, skipped, or nothing
              line     a finding, a missing record, as a line of text
  KEYS        check-by-result, finding-by-result, finding-by-check
  NOTES       Only a failed check is a failure. A check that cannot tell is skipped with the record that it lacks: nothing is wrong
              with the run, and a job that was red for want of a register would soon be ignored. An accepted exception is skipped too,
              so that it stays in sight. The result as the pack says it is the `type`.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/strings.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:key name="check-by-result" match="e:exchange-check" use="@result"/>
  <xsl:key name="finding-by-result" match="e:exchange-finding" use="@result"/>
  <xsl:key name="finding-by-check" match="e:exchange-finding" use="@check"/>

  <xsl:variable name="up" select="''"/>
  <xsl:variable name="break" select="'&#10;'"/>

  <xsl:template match="e:exchange">
    <xsl:variable name="failed" select="count(key('check-by-result', 'fail'))"/>
    <xsl:variable name="skipped"
        select="count(key('check-by-result', 'exception') | key('check-by-result', 'cannot-tell') | key('check-by-result', 'not-applicable'))"/>
    <testsuites name="{@title}" tests="{count(e:exchange-check)}" failures="{$failed}" errors="0">
      <testsuite name="{@title}" tests="{count(e:exchange-check)}" failures="{$failed}" errors="0" skipped="{$skipped}" timestamp="{@time}">
        <properties>
          <property name="organisation" value="{e:context/@organisation}"/>
          <property name="period" value="{e:context/@period}"/>
          <property name="level" value="{e:context/@level}"/>
          <property name="tool-version" value="{e:context/@tool-version}"/>
          <property name="judged" value="{@judged}"/>
          <property name="exceptions" value="{@exceptions}"/>
          <property name="malformed" value="{@malformed}"/>
          <property name="complete" value="{@complete}"/>
          <property name="findings.shown" value="{count(e:exchange-finding)}"/>
          <property name="findings.of">
            <xsl:attribute name="value">
              <xsl:choose>
                <xsl:when test="e:exchange-cut[@list = 'findings']"><xsl:value-of select="e:exchange-cut[@list = 'findings']/@of"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="count(e:exchange-finding)"/></xsl:otherwise>
              </xsl:choose>
            </xsl:attribute>
          </property>
          <property name="findings.fail" value="{count(key('finding-by-result', 'fail'))}"/>
          <property name="findings.exception" value="{count(key('finding-by-result', 'exception'))}"/>
          <property name="findings.cannot-tell" value="{count(key('finding-by-result', 'cannot-tell'))}"/>
          <property name="findings.pass" value="{count(key('finding-by-result', 'pass'))}"/>
          <property name="findings.not-applicable" value="{count(key('finding-by-result', 'not-applicable'))}"/>
        </properties>
        <xsl:apply-templates select="e:exchange-check" mode="case"/>
      </testsuite>
    </testsuites>
  </xsl:template>

  <xsl:template match="e:exchange-check" mode="case">
    <xsl:variable name="family" select="substring-before(substring-after(@id, '-'), '-')"/>
    <testcase name="{@id} {@title}" classname="tenure.{$family}" time="0">
      <xsl:apply-templates select="." mode="outcome"/>
      <system-out>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'junit.counts'"/>
          <xsl:with-param name="a" select="string(@passed)"/>
          <xsl:with-param name="b" select="string(@population)"/>
          <xsl:with-param name="c" select="string(@population-text)"/>
          <xsl:with-param name="d" select="string(@page)"/>
        </xsl:call-template>
        <xsl:value-of select="$break"/>
        <xsl:apply-templates select="e:missing" mode="line"/>
        <xsl:apply-templates select="key('finding-by-check', @id)" mode="line"/>
      </system-out>
    </testcase>
  </xsl:template>

  <xsl:template match="e:exchange-check" mode="outcome"/>
  <xsl:template match="e:exchange-check[@result = 'fail']" mode="outcome">
    <failure type="fail" message="{@why}">
      <xsl:apply-templates select="key('finding-by-check', @id)[@result = 'fail']" mode="line"/>
    </failure>
  </xsl:template>
  <xsl:template match="e:exchange-check[@result = 'exception' or @result = 'cannot-tell' or @result = 'not-applicable']" mode="outcome">
    <skipped type="{@result}" message="{@why}"/>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="line">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'junit.finding'"/>
      <xsl:with-param name="a" select="concat(@result, ': ', @subject-kind, ' ', @subject, ': ', @summary)"/>
      <xsl:with-param name="b" select="string(@n)"/>
      <xsl:with-param name="c" select="string(@of)"/>
      <xsl:with-param name="d" select="string(@page)"/>
    </xsl:call-template>
    <xsl:value-of select="$break"/>
  </xsl:template>

  <xsl:template match="e:missing" mode="line">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'junit.missing'"/>
      <xsl:with-param name="a" select="string(@record)"/>
    </xsl:call-template>
    <xsl:value-of select="$break"/>
  </xsl:template>

</xsl:stylesheet>
