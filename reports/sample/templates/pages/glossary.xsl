<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The words of the pack: terms, the fifteen classes, results of checks, states of controls.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      glossary.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>

  <xsl:variable name="entry" select="'glossary'"/>
  <xsl:variable name="here" select="'glossary.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <xsl:call-template name="prose"><xsl:with-param name="id" select="'glossary'"/></xsl:call-template>
    <section id="classes" class="prose">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="'section.class-words'"/></xsl:call-template></h2>
      <p class="section-lead">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'section.class-words.lead'"/></xsl:call-template>
      </p>
      <dl class="glossary"><xsl:apply-templates select="$strings/strings/s[starts-with(@id, 'explain.class.')]" mode="explained"/></dl>
    </section>
    <section id="results" class="prose">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="'section.result-words'"/></xsl:call-template></h2>
      <dl class="glossary"><xsl:apply-templates select="$strings/strings/s[starts-with(@id, 'explain.result.')]" mode="explained"/></dl>
    </section>
    <section id="states" class="prose">
      <h2><xsl:call-template name="label"><xsl:with-param name="id" select="'section.state-words'"/></xsl:call-template></h2>
      <dl class="glossary"><xsl:apply-templates select="$strings/strings/s[starts-with(@id, 'explain.state.')]" mode="explained"/></dl>
    </section>
  </xsl:template>

  <!-- One value of a closed set: its id is explain.<set>.<value>. -->
  <xsl:template match="s" mode="explained">
    <xsl:variable name="set" select="substring-before(substring-after(@id, 'explain.'), '.')"/>
    <xsl:variable name="value" select="substring-after(@id, concat('explain.', $set, '.'))"/>
    <div id="{$set}-{translate($value, '_', '-')}">
      <dt>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="$set"/>
          <xsl:with-param name="value" select="$value"/>
        </xsl:call-template>
        <xsl:text> </xsl:text>
        <code><xsl:value-of select="$value"/></code>
      </dt>
      <dd><xsl:apply-templates mode="string"/></dd>
    </div>
  </xsl:template>

</xsl:stylesheet>
