<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Forms to print and fill in by hand: lines with blanks, choices, the digest that names the pack.
  INPUT       <s> of the strings file.
  MODES       form   a line: what is asked, and three blanks     choice   a box to tick
  TEMPLATES   digest-form   blanks for the digest of the manifest     blank   room to write
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <!-- The digest of the manifest cannot stand inside the pack. -->
  <xsl:template name="digest-form">
    <table class="table-form">
      <caption><xsl:call-template name="label"><xsl:with-param name="id" select="'form.digest.caption'"/></xsl:call-template></caption>
      <tbody>
        <tr>
          <th scope="row"><xsl:call-template name="label"><xsl:with-param name="id" select="'form.digest'"/></xsl:call-template></th>
          <xsl:call-template name="blank"/>
        </tr>
        <tr>
          <th scope="row">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'form.digest.from'"/></xsl:call-template>
          </th>
          <xsl:call-template name="blank"/>
        </tr>
      </tbody>
    </table>
  </xsl:template>

  <xsl:template match="s" mode="form">
    <tr>
      <th scope="row"><xsl:apply-templates mode="string"/></th>
      <xsl:call-template name="blank"/>
      <xsl:call-template name="blank"/>
      <xsl:call-template name="blank"/>
    </tr>
  </xsl:template>

  <xsl:template match="s" mode="choice">
    <li>
      <span class="box" aria-hidden="true">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'symbol.box'"/></xsl:call-template>
      </span>
      <xsl:text> </xsl:text>
      <xsl:apply-templates mode="string"/>
    </li>
  </xsl:template>

  <!-- Room to write: the caption says so; the row and the column name it. -->
  <xsl:template name="blank"><td class="blank"/></xsl:template>

</xsl:stylesheet>
