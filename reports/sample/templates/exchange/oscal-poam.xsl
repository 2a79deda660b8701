<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     OSCAL plan of action and milestones: an item for each finding that is open or that someone accepted.
  INPUT       evidence/exchange.xml with at least one such finding; OSCAL has no empty plan.
  OUTPUT      exchange/oscal/poam.xml
  PARAMETERS  language (parts/strings.xsl)
  NOTES       The actions are for people to decide; the items say what they would be about.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal-findings.xsl"/>

  <xsl:variable name="by-version" select="false()"/>

  <xsl:template match="/e:exchange">
    <xsl:variable name="open" select="e:exchange-finding[@result = 'fail' or @result = 'exception']"/>
    <plan-of-action-and-milestones uuid="{key('identifier', 'poam')/@uuid}">
      <xsl:call-template name="metadata">
        <xsl:with-param name="title" select="'oscal.poam.title'"/>
        <xsl:with-param name="owners" select="true()"/>
      </xsl:call-template>
      <import-ssp href="#{key('identifier', 'resource-system')/@uuid}"/>
      <xsl:if test="e:exchange-rule">
        <local-definitions><xsl:apply-templates select="e:exchange-rule" mode="component"/></local-definitions>
      </xsl:if>
      <xsl:apply-templates select="e:exchange-check" mode="observation"/>
      <xsl:apply-templates select="$open" mode="observation"/>
      <xsl:apply-templates select="$open" mode="risk"/>
      <xsl:apply-templates select="$open" mode="finding"/>
      <xsl:apply-templates select="$open" mode="item"/>
      <back-matter>
        <resource uuid="{key('identifier', 'resource-system')/@uuid}">
          <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.system'"/></xsl:call-template>
        </resource>
        <xsl:apply-templates select="e:exchange-file | e:exchange-version" mode="resource"/>
      </back-matter>
    </plan-of-action-and-milestones>
  </xsl:template>

  <xsl:template match="e:exchange-finding" mode="item">
    <poam-item uuid="{@item-uuid}">
      <xsl:apply-templates select="." mode="title"/>
      <xsl:apply-templates select="." mode="seen"/>
      <xsl:apply-templates select="@check | @result | @subject-kind | @subject | @n | @of" mode="prop"/>
      <xsl:apply-templates select="@page" mode="link"/>
      <related-finding finding-uuid="{@uuid}"/>
      <related-observation observation-uuid="{@observation-uuid}"/>
      <associated-risk risk-uuid="{@risk-uuid}"/>
    </poam-item>
  </xsl:template>

</xsl:stylesheet>
