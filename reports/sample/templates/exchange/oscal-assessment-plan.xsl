<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     OSCAL assessment plan: what was asked of what, with which settings.
  INPUT       evidence/exchange.xml
  OUTPUT      exchange/oscal/assessment-plan.xml
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal.xsl"/>

  <xsl:template match="/e:exchange">
    <assessment-plan uuid="{key('identifier', 'assessment-plan')/@uuid}">
      <xsl:call-template name="metadata">
        <xsl:with-param name="title" select="'oscal.plan.title'"/>
        <xsl:with-param name="owners" select="true()"/>
      </xsl:call-template>
      <import-ssp href="#{key('identifier', 'resource-system')/@uuid}"/>
      <local-definitions>
        <xsl:apply-templates select="e:exchange-rule" mode="component"/>
        <xsl:apply-templates select="e:exchange-check" mode="activity"/>
      </local-definitions>
      <xsl:call-template name="reviewed-controls"/>
      <xsl:if test="e:exchange-rule">
        <assessment-subject type="component">
          <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.subject'"/></xsl:call-template>
          <xsl:for-each select="e:exchange-rule"><include-subject subject-uuid="{@uuid}" type="component"/></xsl:for-each>
        </assessment-subject>
      </xsl:if>
      <assessment-assets>
        <xsl:call-template name="tool"/>
        <assessment-platform uuid="{key('identifier', 'platform')/@uuid}">
          <uses-component component-uuid="{key('identifier', 'component-tool')/@uuid}"/>
        </assessment-platform>
      </assessment-assets>
      <task uuid="{key('identifier', 'task')/@uuid}" type="action">
        <title><xsl:call-template name="line-words">
          <xsl:with-param name="id" select="'oscal.task'"/><xsl:with-param name="a" select="e:context/@period-text"/>
        </xsl:call-template></title>
        <xsl:apply-templates select="e:exchange-parameter" mode="setting"/>
        <timing><within-date-range start="{@from}" end="{@to}"/></timing>
        <xsl:for-each select="e:exchange-check">
          <associated-activity activity-uuid="{@uuid}">
            <subject type="component"><include-all/></subject>
          </associated-activity>
        </xsl:for-each>
      </task>
      <back-matter>
        <resource uuid="{key('identifier', 'resource-system')/@uuid}">
          <xsl:call-template name="block-words"><xsl:with-param name="id" select="'oscal.system'"/></xsl:call-template>
        </resource>
        <xsl:call-template name="catalog-resources"/>
        <xsl:apply-templates select="e:exchange-input | e:exchange-version" mode="resource"/>
      </back-matter>
    </assessment-plan>
  </xsl:template>

  <xsl:template match="e:exchange-check" mode="activity">
    <activity uuid="{@uuid}">
      <title><xsl:apply-templates select="@title" mode="text"/></title>
      <description>
        <p><xsl:apply-templates select="@question" mode="text"/></p>
        <p><xsl:apply-templates select="@method" mode="text"/></p>
      </description>
      <xsl:apply-templates select="@page" mode="link"/>
      <related-controls><control-selection><include-control control-id="{@id}"/></control-selection></related-controls>
    </activity>
  </xsl:template>

  <xsl:template match="e:exchange-parameter" mode="setting">
    <xsl:call-template name="prop">
      <xsl:with-param name="name" select="'setting'"/>
      <xsl:with-param name="value" select="concat(@name, ': ', @value)"/>
      <xsl:with-param name="remarks" select="@origin"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
