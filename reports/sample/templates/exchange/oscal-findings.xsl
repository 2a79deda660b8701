<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Observations, risks and findings, as the assessment results and the POA&M have them.
  INPUT       evidence/exchange.xml
  MODES       observation, risk, finding
  KEYS        observed: observations by check and rule
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal.xsl"/>

  <!-- Whether the file has the observations by rule and version; there may be thousands, and a plan of action does without. -->
  <xsl:variable name="by-version" select="true()"/>

  <xsl:key name="observed" match="e:exchange-observation[@rule]" use="concat(@check, '|', @rule)"/>

  <!-- What a check says of all its subjects together -->
  <xsl:template match="e:exchange-check" mode="observation">
    <observation uuid="{@observation-uuid}">
      <title><xsl:apply-templates select="@title" mode="text"/></title>
      <xsl:call-template name="block"><xsl:with-param name="text" select="@why"/></xsl:call-template>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'check'"/><xsl:with-param name="value" select="@id"/></xsl:call-template>
      <xsl:apply-templates select="@result | @population | @passed | @exceptions | @accepted | @cannot-tell" mode="prop"/>
      <xsl:apply-templates select="e:missing" mode="prop"/>
      <method>EXAMINE</method>
      <type>control-objective</type>
      <xsl:apply-templates select="@page" mode="evidence"/>
      <collected><xsl:value-of select="$pack/@time"/></collected>
      <xsl:call-template name="block"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="text" select="@cannot-show"/></xsl:call-template>
    </observation>
  </xsl:template>

  <!-- Decisions of one rule under one version, by the classes that a check looks for -->
  <xsl:template match="e:exchange-observation" mode="observation">
    <observation uuid="{@uuid}">
      <xsl:call-template name="block-words">
        <xsl:with-param name="id" select="'oscal.observation'"/><xsl:with-param name="a" select="@n"/><xsl:with-param name="b" select="@of"/>
      </xsl:call-template>
      <xsl:apply-templates select="@check | @rule | @version | @n | @of | @rest" mode="prop"/>
      <xsl:if test="@indeterminate != '0'"><xsl:apply-templates select="@indeterminate" mode="prop"/></xsl:if>
      <xsl:apply-templates select="@page" mode="link"/>
      <method>EXAMINE</method>
      <type>finding</type>
      <xsl:for-each select="key('rule', @rule)"><subject subject-uuid="{@uuid}" type="component"/></xsl:for-each>
      <relevant-evidence href="#{key('file', 'data/tally.csv')/@uuid}">
        <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.evidence.tally'"/></xsl:call-template>
      </relevant-evidence>
      <collected><xsl:value-of select="$pack/@time"/></collected>
    </observation>
  </xsl:template>

  <!-- Where the decisions of a finding stand -->
  <xsl:template match="e:exchange-finding" mode="observation">
    <observation uuid="{@observation-uuid}">
      <xsl:call-template name="block"><xsl:with-param name="text" select="@summary"/></xsl:call-template>
      <xsl:apply-templates select="@check | @result | @subject-kind | @subject | @n | @of" mode="prop"/>
      <xsl:apply-templates select="e:missing" mode="prop"/>
      <method>EXAMINE</method>
      <type>finding</type>
      <xsl:choose>
        <xsl:when test="@subject-kind = 'rule'">
          <xsl:for-each select="key('rule', @subject)[1]"><subject subject-uuid="{@uuid}" type="component"/></xsl:for-each>
        </xsl:when>
        <xsl:when test="@subject-kind = 'owner'">
          <xsl:for-each select="key('party', @subject)[1]"><subject subject-uuid="{@uuid}" type="party"/></xsl:for-each>
        </xsl:when>
        <xsl:when test="@subject-kind = 'version'">
          <xsl:for-each select="key('version', @subject)[1]"><subject subject-uuid="{@uuid}" type="resource"/></xsl:for-each>
        </xsl:when>
      </xsl:choose>
      <xsl:apply-templates select="@page" mode="evidence"/>
      <xsl:apply-templates select="e:exchange-place" mode="evidence"/>
      <collected><xsl:value-of select="$pack/@time"/></collected>
    </observation>
  </xsl:template>

  <xsl:template match="@page" mode="evidence">
    <relevant-evidence href="{$up}{.}">
      <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.evidence.page'"/></xsl:call-template>
    </relevant-evidence>
  </xsl:template>

  <xsl:template match="e:exchange-place" mode="evidence">
    <relevant-evidence href="#{key('file', 'data/exceptions-detail.csv')/@uuid}">
      <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.evidence.line'"/></xsl:call-template>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'log-line'"/><xsl:with-param name="value" select="concat(@source, ':', @line)"/></xsl:call-template>
      <xsl:apply-templates select="@byte-offset" mode="prop"/>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'line-digest'"/><xsl:with-param name="value" select="@sha256"/></xsl:call-template>
    </relevant-evidence>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="title">
    <title><xsl:call-template name="line"><xsl:with-param name="text" select="concat(@check, ': ', @subject)"/></xsl:call-template></title>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="seen">
    <description>
      <p><xsl:apply-templates select="@summary" mode="text"/></p>
      <xsl:for-each select="e:p"><p><xsl:call-template name="line"><xsl:with-param name="text" select="."/></xsl:call-template></p></xsl:for-each>
    </description>
  </xsl:template>

  <!-- A risk for what departs; that which someone accepted is an approved deviation. -->
  <xsl:template match="e:exchange-finding" mode="risk">
    <risk uuid="{@risk-uuid}">
      <xsl:apply-templates select="." mode="title"/>
      <xsl:apply-templates select="." mode="seen"/>
      <statement><p><xsl:apply-templates select="key('check', @check)/@question" mode="text"/></p></statement>
      <xsl:apply-templates select="@check | @result" mode="prop"/>
      <xsl:apply-templates select="@page" mode="link"/>
      <status><xsl:choose>
        <xsl:when test="@result = 'exception'">deviation-approved</xsl:when><xsl:otherwise>open</xsl:otherwise>
      </xsl:choose></status>
      <related-observation observation-uuid="{@observation-uuid}"/>
    </risk>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="finding">
    <finding uuid="{@uuid}">
      <xsl:apply-templates select="." mode="title"/>
      <xsl:apply-templates select="." mode="seen"/>
      <xsl:apply-templates select="@check | @result | @subject-kind | @subject | @n | @of" mode="prop"/>
      <xsl:apply-templates select="e:missing" mode="prop"/>
      <xsl:apply-templates select="@page" mode="link"/>
      <target type="objective-id" target-id="{@check}_obj">
        <xsl:choose>
          <xsl:when test="@result = 'fail'"><status state="not-satisfied" reason="fail"/></xsl:when>
          <xsl:when test="@result = 'pass'"><status state="satisfied" reason="pass"/></xsl:when>
          <xsl:otherwise><status state="not-satisfied" reason="other">
            <xsl:call-template name="block-words"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="id" select="concat('oscal.result.', @result)"/></xsl:call-template>
          </status></xsl:otherwise>
        </xsl:choose>
      </target>
      <related-observation observation-uuid="{@observation-uuid}"/>
      <xsl:for-each select="key('check', @check)"><related-observation observation-uuid="{@observation-uuid}"/></xsl:for-each>
      <xsl:if test="$by-version and @subject-kind = 'rule'">
        <xsl:for-each select="key('observed', concat(@check, '|', @subject))"><related-observation observation-uuid="{@uuid}"/></xsl:for-each>
      </xsl:if>
      <xsl:if test="@result = 'fail' or @result = 'exception'"><associated-risk risk-uuid="{@risk-uuid}"/></xsl:if>
    </finding>
  </xsl:template>

</xsl:stylesheet>
