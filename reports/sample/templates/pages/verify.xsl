<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How to check the pack without our software, and what each check proves.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      verify.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/chain.xsl"/>

  <xsl:variable name="entry" select="'verify'"/>
  <xsl:variable name="here" select="'verify.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <xsl:variable name="document"
        select="e:documents/e:document[starts-with(@path, 'evidence/r/') and not(contains(@path, '/index'))][1]/@path"/>
    <xsl:variable name="stem">
      <xsl:choose>
        <xsl:when test="$document"><xsl:value-of select="substring-before(substring-after($document, 'evidence/'), '.xml')"/></xsl:when>
        <xsl:otherwise>r/RULE</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <p class="notice">
      <i aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.notice'"/></xsl:call-template>
      </i>
      <xsl:text> </xsl:text>
      <strong><xsl:call-template name="label"><xsl:with-param name="id" select="'verify.seal'"/></xsl:call-template></strong>
      <xsl:text> </xsl:text>
      <xsl:call-template name="label"><xsl:with-param name="id" select="'verify.seal.note'"/></xsl:call-template>
    </p>
    <xsl:call-template name="prose">
      <xsl:with-param name="id" select="'verify'"/>
      <xsl:with-param name="a" select="string($stem)"/>
    </xsl:call-template>
    <xsl:apply-templates select="e:previous" mode="body"/>
    <p class="shown">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'verify.documents'"/>
        <xsl:with-param name="n" select="count(e:documents/e:document)"/>
        <xsl:with-param name="a" select="format-number(count(e:documents/e:document), '#,##0')"/>
      </xsl:call-template>
    </p>
  </xsl:template>

  <!-- The pack before, by digest -->
  <xsl:template match="e:previous" mode="body">
    <section id="chain">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'chain'"/></xsl:call-template>
      <p><xsl:call-template name="label"><xsl:with-param name="id" select="'verify.chain'"/></xsl:call-template></p>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'chain'"/>
        <xsl:with-param name="rows" select="e:chain/e:earlier-pack"/>
      </xsl:call-template>
      <p class="shows-not">
        <strong><xsl:call-template name="label"><xsl:with-param name="id" select="'verify.shows-not'"/></xsl:call-template></strong>
        <xsl:text> </xsl:text>
        <xsl:call-template name="label"><xsl:with-param name="id" select="'verify.chain.shows-not'"/></xsl:call-template>
      </p>
    </section>
  </xsl:template>

</xsl:stylesheet>
