<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     OSCAL mapping collection: checks to controls, a mapping for each framework that any check speaks about.
  INPUT       evidence/exchange.xml with at least one mapped control; OSCAL has no empty collection.
  OUTPUT      exchange/oscal/mapping-collection.xml
  PARAMETERS  language (parts/strings.xsl)
  NOTES       A mapping of ours reads "the check <relation> the control", as one of OSCAL does with the check as its source.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1"
    xmlns="http://csrc.nist.gov/ns/oscal/1.0" exclude-result-prefixes="e">

  <xsl:import href="oscal.xsl"/>

  <xsl:template match="/e:exchange">
    <mapping-collection uuid="{key('identifier', 'mapping-collection')/@uuid}">
      <xsl:call-template name="metadata"><xsl:with-param name="title" select="'oscal.mapping.title'"/></xsl:call-template>
      <provenance method="hybrid" matching-rationale="functional">
        <xsl:attribute name="status"><xsl:choose>
          <xsl:when test="e:context/@mapping-review = 'reviewed'">complete</xsl:when><xsl:otherwise>draft</xsl:otherwise>
        </xsl:choose></xsl:attribute>
        <xsl:call-template name="block-words"><xsl:with-param name="name" select="'mapping-description'"/><xsl:with-param name="id" select="'oscal.mapping.description'"/></xsl:call-template>
      </provenance>
      <xsl:apply-templates select="e:exchange-framework[e:exchange-control/e:exchange-mapped]" mode="mapping"/>
      <back-matter><xsl:call-template name="catalog-resources"/></back-matter>
    </mapping-collection>
  </xsl:template>

  <xsl:template match="e:exchange-framework" mode="mapping">
    <mapping uuid="{@mapping-uuid}">
      <xsl:attribute name="status"><xsl:choose>
        <xsl:when test="@review = 'reviewed'">complete</xsl:when><xsl:otherwise>draft</xsl:otherwise>
      </xsl:choose></xsl:attribute>
      <source-resource type="catalog" href="#{key('identifier', 'resource-checks')/@uuid}"/>
      <target-resource type="catalog" href="#{@resource-uuid}"/>
      <xsl:apply-templates select="e:exchange-control/e:exchange-mapped" mode="map"/>
      <xsl:apply-templates select="@mapping-version" mode="prop"/>
      <xsl:call-template name="prop"><xsl:with-param name="name" select="'mapping-review'"/><xsl:with-param name="value" select="@review"/></xsl:call-template>
      <xsl:apply-templates select="@page" mode="link"/>
      <xsl:if test="e:exchange-control[not(e:exchange-mapped)]">
        <target-gap-summary uuid="{@gap-uuid}">
          <xsl:for-each select="e:exchange-control[not(e:exchange-mapped)]">
            <unmapped-controls><with-id><xsl:value-of select="@token"/></with-id></unmapped-controls>
          </xsl:for-each>
        </target-gap-summary>
      </xsl:if>
    </mapping>
  </xsl:template>

  <xsl:template match="e:exchange-mapped" mode="map">
    <map uuid="{@uuid}">
      <relationship><xsl:value-of select="@relation"/></relationship>
      <source type="control" id-ref="{@check}"/>
      <target type="control" id-ref="{../@token}"/>
      <xsl:apply-templates select="@relation | @effect | @condition" mode="prop"/>
      <xsl:call-template name="block"><xsl:with-param name="name" select="'remarks'"/><xsl:with-param name="text" select="@rationale"/></xsl:call-template>
    </map>
  </xsl:template>

</xsl:stylesheet>
