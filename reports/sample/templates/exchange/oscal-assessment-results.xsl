<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     OSCAL assessment results: what was seen and found, and what the records say of each control.
  INPUT       evidence/exchange.xml
  OUTPUT      exchange/oscal/assessment-results.xml
  PARAMETERS  language (parts/strings.xsl)
  NOTES       A finding for each finding of the pack, then one for each control that a check speaks about. OSCAL has two
              states; what it cannot say is not-satisfied for another reason, with our own state as a property and in words.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal-findings.xsl"/>

  <xsl:template match="/e:exchange">
    <assessment-results uuid="{key('identifier', 'assessment-results')/@uuid}">
      <xsl:call-template name="metadata">
        <xsl:with-param name="title" select="'oscal.results.title'"/>
        <xsl:with-param name="owners" select="true()"/>
      </xsl:call-template>
      <import-ap href="#{key('identifier', 'resource-plan')/@uuid}"/>
      <result uuid="{key('identifier', 'result')/@uuid}">
        <title><xsl:apply-templates select="e:context/@period-text" mode="text"/></title>
        <xsl:call-template name="block-words">
          <xsl:with-param name="id" select="'oscal.results.description'"/>
          <xsl:with-param name="a" select="e:context/@tool-version"/>
          <xsl:with-param name="b" select="e:context/@organisation"/>
        </xsl:call-template>
        <start><xsl:value-of select="@from"/></start>
        <end><xsl:value-of select="@to"/></end>
        <xsl:apply-templates select="@judged | @exceptions | @malformed | @complete" mode="prop"/>
        <xsl:for-each select="e:exchange-class">
          <xsl:call-template name="prop"><xsl:with-param name="name" select="'decisions'"/><xsl:with-param name="value" select="@n"/><xsl:with-param name="class" select="@class"/></xsl:call-template>
        </xsl:for-each>
        <xsl:apply-templates select="e:exchange-cut | e:exchange-changes[@shown != @of]" mode="cut"/>
        <link href="{$up}index.html" rel="reference"/>
        <local-definitions>
          <xsl:apply-templates select="e:exchange-rule" mode="component"/>
          <assessment-assets>
            <xsl:call-template name="tool"/>
            <assessment-platform uuid="{key('identifier', 'platform')/@uuid}">
              <uses-component component-uuid="{key('identifier', 'component-tool')/@uuid}"/>
            </assessment-platform>
          </assessment-assets>
        </local-definitions>
        <xsl:call-template name="reviewed-controls"/>
        <xsl:if test="e:exchange-changes/e:exchange-change">
          <assessment-log><xsl:apply-templates select="e:exchange-changes/e:exchange-change" mode="entry"/></assessment-log>
        </xsl:if>
        <xsl:apply-templates select="e:exchange-check" mode="observation"/>
        <xsl:apply-templates select="e:exchange-observations/e:exchange-observation" mode="observation"/>
        <xsl:apply-templates select="e:exchange-finding" mode="observation"/>
        <xsl:apply-templates select="e:exchange-finding[@result = 'fail' or @result = 'exception']" mode="risk"/>
        <xsl:apply-templates select="e:exchange-finding" mode="finding"/>
        <xsl:apply-templates select="e:exchange-framework/e:exchange-control[e:exchange-mapped and @state != 'out-of-scope']" mode="finding"/>
      </result>
      <back-matter>
        <xsl:call-template name="plan-resource"/>
        <xsl:call-template name="catalog-resources"/>
        <xsl:apply-templates select="e:exchange-file" mode="resource"/>
        <xsl:apply-templates select="e:exchange-input | e:exchange-version" mode="resource"/>
      </back-matter>
    </assessment-results>
  </xsl:template>

  <xsl:template match="e:exchange-cut | e:exchange-changes" mode="cut">
    <xsl:call-template name="prop">
      <xsl:with-param name="name" select="'list-cut'"/>
      <xsl:with-param name="value" select="concat(@list, substring('changes', 1, 7 * boolean(self::e:exchange-changes)), ': ', @shown, ' of ', @of)"/>
    </xsl:call-template>
  </xsl:template>

  <!-- A change of a rule, in the log of what happened -->
  <xsl:template match="e:exchange-change" mode="entry">
    <entry uuid="{@uuid}">
      <title><xsl:call-template name="line"><xsl:with-param name="text" select="concat(@rule, ': ', @kind)"/></xsl:call-template></title>
      <xsl:if test="@words"><xsl:call-template name="block"><xsl:with-param name="text" select="@words"/></xsl:call-template></xsl:if>
      <start><xsl:value-of select="@effective"/></start>
      <xsl:apply-templates select="@rule | @version" mode="prop"/>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'change-kind'"/><xsl:with-param name="value" select="@kind"/></xsl:call-template>
      <xsl:apply-templates select="@direction | @recorded | @approved | @author | @approvers | @ticket | @decisions" mode="prop"/>
      <xsl:apply-templates select="@page" mode="link"/>
    </entry>
  </xsl:template>

  <xsl:template match="e:exchange-control" mode="finding">
    <finding uuid="{@uuid}">
      <title><xsl:call-template name="line"><xsl:with-param name="text" select="concat(@display, ': ', @title)"/></xsl:call-template></title>
      <description>
        <p><xsl:apply-templates select="@why" mode="text"/></p>
        <p><xsl:apply-templates select="@gap" mode="text"/></p>
      </description>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'framework'"/><xsl:with-param name="value" select="../@id"/></xsl:call-template>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'control'"/><xsl:with-param name="value" select="@id"/></xsl:call-template>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'evidence-state'"/><xsl:with-param name="value" select="@state"/></xsl:call-template>
      <link href="#{../@resource-uuid}" rel="reference"/>
      <xsl:apply-templates select="@page" mode="link"/>
      <target type="statement-id" target-id="{@token}_smt">
        <xsl:choose>
          <xsl:when test="@state = 'evidenced'"><status state="satisfied" reason="pass">
            <xsl:call-template name="block-words"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="id" select="'oscal.state.evidenced'"/></xsl:call-template>
          </status></xsl:when>
          <xsl:when test="@state = 'contradicted'"><status state="not-satisfied" reason="fail"/></xsl:when>
          <xsl:otherwise><status state="not-satisfied" reason="other">
            <xsl:call-template name="block-words"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="id" select="concat('oscal.state.', @state)"/></xsl:call-template>
          </status></xsl:otherwise>
        </xsl:choose>
      </target>
      <xsl:for-each select="e:exchange-mapped">
        <xsl:for-each select="key('check', @check)"><related-observation observation-uuid="{@observation-uuid}"/></xsl:for-each>
      </xsl:for-each>
    </finding>
  </xsl:template>

</xsl:stylesheet>
