<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     One framework as an OSCAL catalog: ids, titles and our own summaries.
  INPUT       evidence/exchange.xml
  OUTPUT      exchange/oscal/catalog-….xml
  PARAMETERS  framework (the id of one), language (parts/strings.xsl)
  KEYS        below: groups and controls by what they stand under
  NOTES       OSCAL's groups hold either groups or controls; controls beside groups get a group of their own.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal.xsl"/>

  <xsl:param name="framework"/>

  <xsl:key name="framework" match="e:exchange-framework" use="@id"/>
  <xsl:key name="controls-below" match="e:exchange-control[@above]" use="concat(../@id, '|', @above)"/>
  <xsl:key name="groups-below" match="e:exchange-group[@above]" use="concat(../@id, '|', @above)"/>

  <xsl:template match="/e:exchange">
    <xsl:if test="not(key('framework', $framework))">
      <xsl:message terminate="yes">No framework "<xsl:value-of select="$framework"/>" in the document</xsl:message>
    </xsl:if>
    <xsl:apply-templates select="key('framework', $framework)[1]" mode="catalog"/>
  </xsl:template>

  <xsl:template match="e:exchange-framework" mode="catalog">
    <catalog uuid="{@uuid}">
      <metadata>
        <title><xsl:apply-templates select="@title" mode="text"/></title>
        <last-modified><xsl:value-of select="$pack/@time"/></last-modified>
        <version><xsl:apply-templates select="@version" mode="text"/></version>
        <oscal-version><xsl:value-of select="$oscal-version"/></oscal-version>
        <xsl:apply-templates select="@publisher | @licence" mode="prop"/>
        <xsl:call-template name="block-words"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="id" select="'oscal.catalog.remarks'"/></xsl:call-template>
      </metadata>
      <xsl:apply-templates select="e:exchange-control[not(@above)]" mode="control"/>
      <xsl:apply-templates select="e:exchange-group[not(@above)]" mode="group"/>
    </catalog>
  </xsl:template>

  <xsl:template match="e:exchange-group" mode="group">
    <xsl:variable name="key" select="concat(../@id, '|', @token)"/>
    <group id="{@token}">
      <title><xsl:apply-templates select="@title" mode="text"/></title>
      <xsl:choose>
        <xsl:when test="key('groups-below', $key)">
          <xsl:apply-templates select="key('groups-below', $key)" mode="group"/>
          <xsl:if test="key('controls-below', $key)">
            <group>
              <title><xsl:apply-templates select="@title" mode="text"/></title>
              <xsl:apply-templates select="key('controls-below', $key)" mode="control"/>
            </group>
          </xsl:if>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="key('controls-below', $key)" mode="control"/></xsl:otherwise>
      </xsl:choose>
    </group>
  </xsl:template>

  <xsl:template match="e:exchange-control" mode="control">
    <control id="{@token}">
      <title><xsl:apply-templates select="@title" mode="text"/></title>
      <prop name="label"><xsl:attribute name="value"><xsl:apply-templates select="@display" mode="text"/></xsl:attribute></prop>
      <xsl:apply-templates select="@title-origin" mode="prop"/>
      <part id="{@token}_smt" name="statement"><p><xsl:apply-templates select="@summary" mode="text"/></p></part>
      <xsl:apply-templates select="key('controls-below', concat(../@id, '|', @token))" mode="control"/>
    </control>
  </xsl:template>

</xsl:stylesheet>
