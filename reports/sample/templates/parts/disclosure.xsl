<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     How much a pack below the internal level hides, and from which pack it was made.
  INPUT       <disclosure> of a pack, <redaction> (attributes redaction-sums)
  MODES       body    a section           facts    its list of facts
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:disclosure" mode="body">
    <section id="disclosure">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'disclosure'"/></xsl:call-template>
      <xsl:apply-templates select="." mode="facts"/>
      <p>
        <xsl:call-template name="link">
          <xsl:with-param name="page" select="@page"/>
          <xsl:with-param name="text">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'disclosure.ledger'"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </p>
    </section>
  </xsl:template>

  <xsl:template match="e:disclosure | e:redaction" mode="facts">
    <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'level'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="word">
            <xsl:with-param name="kind" select="'level'"/>
            <xsl:with-param name="value" select="@level"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:apply-templates select="@replaced" mode="fact"/>
      <xsl:apply-templates select="@sentences" mode="fact"/>
      <xsl:apply-templates select="@hidden" mode="fact"/>
      <xsl:apply-templates select="@commitments" mode="fact"/>
      <xsl:apply-templates select="@conflicts" mode="fact"/>
      <xsl:apply-templates select="@unsearchable" mode="fact"/>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'internal-manifest'"/>
        <xsl:with-param name="value"><code class="digest"><xsl:value-of select="@internal-manifest"/></code></xsl:with-param>
      </xsl:call-template>
    </dl>
  </xsl:template>

</xsl:stylesheet>
