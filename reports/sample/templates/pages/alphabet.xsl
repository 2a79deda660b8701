<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Every name of the pack from A to Z, with what it is and where it leads.
  INPUT       <alphabet>
  OUTPUT      a-z/index.html; in a large pack a-z/a.html, a-z/a-0002.html … too
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/names.xsl"/>

  <xsl:variable name="entry" select="'alphabet'"/>
  <xsl:variable name="alone" select="/e:alphabet/@id = 'a-z'"/>

  <xsl:template match="/e:alphabet"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:alphabet" mode="title">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="concat('title.alphabet', substring('.letter', 1, 7 * not($alone)))"/>
      <xsl:with-param name="a" select="string(@title)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:alphabet" mode="headline">
    <h1><xsl:apply-templates select="." mode="title"/></h1>
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="concat('lead.alphabet', substring('.letter', 1, 7 * not($alone)))"/>
        <xsl:with-param name="n" select="@n"/>
        <xsl:with-param name="a" select="format-number(@n, '#,##0')"/>
        <xsl:with-param name="b" select="string(@title)"/>
      </xsl:call-template>
    </p>
  </xsl:template>

  <xsl:template match="e:alphabet" mode="body">
    <nav class="letters">
      <xsl:attribute name="aria-label">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'letters.label'"/></xsl:call-template>
      </xsl:attribute>
      <ul><xsl:apply-templates select="e:letter" mode="row"/></ul>
    </nav>
    <xsl:apply-templates select="e:pages" mode="body"/>
    <xsl:if test="e:index-entry">
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'alphabet-pages'"/>
        <xsl:with-param name="rows" select="e:index-entry"/>
      </xsl:call-template>
    </xsl:if>
    <xsl:apply-templates select="e:names" mode="body"/>
  </xsl:template>

  <xsl:template match="e:letter" mode="row">
    <li>
      <xsl:choose>
        <xsl:when test="@page">
          <a href="{$up}{@page}">
            <xsl:if test="@current = 'true'"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
            <xsl:apply-templates select="@id" mode="letter"/>
          </a>
        </xsl:when>
        <xsl:otherwise><span class="quiet"><xsl:apply-templates select="@id" mode="letter"/></span></xsl:otherwise>
      </xsl:choose>
    </li>
  </xsl:template>

  <xsl:template match="@*" mode="letter">
    <xsl:value-of select="translate(., 'abcdefghijklmnopqrstuvwxyz-', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ–')"/>
  </xsl:template>

  <!-- On a page of many letters each has a heading; the page of one letter is its own. -->
  <xsl:template match="e:names" mode="body">
    <xsl:choose>
      <xsl:when test="$alone">
        <section id="letter-{@letter}">
          <h2><xsl:apply-templates select="@letter" mode="letter"/></h2>
          <xsl:apply-templates select="." mode="names"/>
        </section>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="names"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="e:names" mode="names">
    <xsl:variable name="letter"><xsl:apply-templates select="@letter" mode="letter"/></xsl:variable>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'names'"/>
      <xsl:with-param name="a" select="string($letter)"/>
      <xsl:with-param name="rows" select="e:named"/>
    </xsl:call-template>
  </xsl:template>

</xsl:stylesheet>
