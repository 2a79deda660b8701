<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The net under every page: an element that no template knows is made visible, and the transform stops.
  INPUT       Anything unforeseen.
  NOTES       Lowest priority in each mode that elements are pushed through. An evidence document with a new element
              needs a new template; leaving the element out in silence would be a hole in the evidence.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="/"><xsl:apply-templates select="*"/></xsl:template>

  <xsl:template match="*" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="body" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="row" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="headline" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="draw" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="prose" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>
  <xsl:template match="*" mode="string" priority="-9"><xsl:call-template name="unhandled"/></xsl:template>

  <xsl:template name="unhandled">
    <strong class="broken"><xsl:value-of select="name()"/></strong>
    <xsl:message terminate="yes">
      <xsl:value-of select="concat('No template for element &quot;', name(), '&quot; in &quot;', name(..), '&quot;')"/>
    </xsl:message>
  </xsl:template>

</xsl:stylesheet>
