<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Rules as versions state them.
  INPUT       <definition>.
  MODES       row         the wording over time, on a rule's page     rule-row   one rule of a version's snapshot
              definition  the fields as facts
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:definition" mode="row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@version-page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
        </xsl:call-template>
        <div><xsl:apply-templates select="." mode="span"/></div>
      </th>
      <xsl:apply-templates select="." mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:definition" mode="rule-row">
    <tr>
      <xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
      <th scope="row">
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@rule"/></bdi></xsl:with-param>
        </xsl:call-template>
      </th>
      <xsl:apply-templates select="." mode="cells"/>
    </tr>
  </xsl:template>

  <xsl:template match="e:definition" mode="cells">
    <td class="n"><xsl:value-of select="@priority"/></td>
    <td><xsl:apply-templates select="@action" mode="badge"/></td>
    <td><xsl:apply-templates select="@agent" mode="value"/></td>
    <td><xsl:apply-templates select="@data-class" mode="value"/></td>
    <td><xsl:apply-templates select="@tool" mode="value"/></td>
    <td class="n"><xsl:apply-templates select="@min-tokens-in" mode="value"/></td>
    <td>
      <xsl:apply-templates select="@escalate-to" mode="value"/>
      <xsl:if test="@from-model or @triggers">
        <div>
          <small>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'fact.from-model'"/></xsl:call-template>
          </small>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@from-model" mode="value"/>
        </div>
        <div>
          <small>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'fact.triggers'"/></xsl:call-template>
          </small>
          <xsl:text> </xsl:text>
          <xsl:apply-templates select="@triggers" mode="value"/>
        </div>
      </xsl:if>
      <xsl:if test="@settings">
        <div>
          <small>
            <xsl:call-template name="label"><xsl:with-param name="id" select="'fact.settings'"/></xsl:call-template>
          </small>
          <xsl:text> </xsl:text>
          <bdi><xsl:value-of select="@settings"/></bdi>
        </div>
      </xsl:if>
    </td>
    <td><xsl:apply-templates select="@allowed-jurisdictions" mode="value"/></td>
    <td>
      <xsl:call-template name="word">
        <xsl:with-param name="kind" select="'how'"/>
        <xsl:with-param name="value" select="@how"/>
      </xsl:call-template>
    </td>
  </xsl:template>

  <xsl:template match="e:definition" mode="definition">
    <dl class="facts">
      <xsl:apply-templates select="@action" mode="fact"/>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'priority'"/>
        <xsl:with-param name="value"><xsl:value-of select="@priority"/></xsl:with-param>
      </xsl:call-template>
      <xsl:apply-templates select="@agent" mode="fact"/>
      <xsl:apply-templates select="@data-class" mode="fact"/>
      <xsl:apply-templates select="@tool" mode="fact"/>
      <xsl:apply-templates select="@min-tokens-in" mode="fact"/>
      <xsl:apply-templates select="@escalate-to" mode="fact"/>
      <xsl:apply-templates select="@allowed-jurisdictions" mode="fact"/>
      <xsl:apply-templates select="@from-model" mode="fact"/>
      <xsl:apply-templates select="@triggers" mode="fact"/>
      <xsl:if test="@settings">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'settings'"/>
          <xsl:with-param name="value"><bdi><xsl:value-of select="@settings"/></bdi></xsl:with-param>
        </xsl:call-template>
      </xsl:if>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'how'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'how'"/>
            <xsl:with-param name="value" select="@how"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:if test="@version">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'version'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="link">
              <xsl:with-param name="page" select="@version-page"/>
              <xsl:with-param name="text"><bdi class="id"><xsl:value-of select="@version"/></bdi></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </xsl:if>
    </dl>
  </xsl:template>

</xsl:stylesheet>
