<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     A form to print and fill in by hand: who prepared, who reviewed, what they concluded.
  INPUT       <pack>: evidence/pack.xml
  OUTPUT      sign-off.html
  PARAMETERS  language (parts/strings.xsl)
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/work-paper.xsl"/>
  <xsl:import href="../parts/sources.xsl"/>
  <xsl:import href="../parts/forms.xsl"/>

  <xsl:variable name="entry" select="'sign-off'"/>
  <xsl:variable name="here" select="'sign-off.html'"/>

  <xsl:template match="/e:pack"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:pack" mode="body">
    <section id="sign-identity">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-identity'"/></xsl:call-template>
      <dl class="facts">
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'organisation'"/>
        <xsl:with-param name="value"><bdi><xsl:value-of select="$context/@organisation"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'period'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="." mode="span"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'pack-id'"/>
        <xsl:with-param name="value"><bdi class="id"><xsl:value-of select="@id"/></bdi></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'judged'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:totals/@judged" mode="value"/></xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'exceptions'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="amount">
            <xsl:with-param name="n" select="e:totals/@exceptions"/>
            <xsl:with-param name="of" select="e:totals/@judged"/>
            <xsl:with-param name="page" select="'d/index.html'"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'findings'"/>
        <xsl:with-param name="value">
          <xsl:call-template name="number">
            <xsl:with-param name="n" select="e:totals/@findings"/>
            <xsl:with-param name="page" select="'f/index.html'"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
      <xsl:call-template name="fact">
        <xsl:with-param name="name" select="'mapping-review'"/>
        <xsl:with-param name="value"><xsl:apply-templates select="e:mapping/@review" mode="review"/></xsl:with-param>
      </xsl:call-template>
      </dl>
    </section>
    <section id="sign-work" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-work'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'sign-work'"/>
        <xsl:with-param name="written">
          <xsl:apply-templates select="$strings/strings/prose[@id = 'sign-work']/s" mode="form"/>
        </xsl:with-param>
      </xsl:call-template>
    </section>
    <section id="sign-conclusion" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-conclusion'"/></xsl:call-template>
      <ul class="choices"><xsl:apply-templates select="$strings/strings/prose[@id = 'sign-conclusion']/s" mode="choice"/></ul>
      <div class="ruled">
        <p class="unseen"><xsl:call-template name="label"><xsl:with-param name="id" select="'form.blank'"/></xsl:call-template></p>
      </div>
    </section>
    <section id="sign-people" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-people'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'sign-people'"/>
        <xsl:with-param name="written">
          <xsl:apply-templates select="$strings/strings/prose[@id = 'sign-people']/s" mode="form"/>
        </xsl:with-param>
      </xsl:call-template>
    </section>
    <section id="sign-digest" class="form">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'sign-digest'"/></xsl:call-template>
      <xsl:call-template name="digest-form"/>
    </section>
  </xsl:template>

</xsl:stylesheet>
