<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     What changed since an earlier pack: results, controls, policy, owners, findings, sums, and what they are measured by.
  INPUT       <delta>
  OUTPUT      delta.html, in a pack or (with @alone) in a folder of its own
  PARAMETERS  language (parts/strings.xsl)
  NOTES       A row leads to its page in this pack. A page of the earlier pack lies elsewhere, so its path is named.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/chain.xsl"/>
  <xsl:import href="../parts/delta.xsl"/>

  <xsl:variable name="entry" select="'delta'"/>

  <xsl:template match="/e:delta"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:delta" mode="headline">
    <p class="kicker"><xsl:call-template name="label"><xsl:with-param name="id" select="'delta.kicker'"/></xsl:call-template></p>
    <h1>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'heading.delta'"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="e:before/@period"/></bdi></xsl:with-param>
      </xsl:call-template>
    </h1>
    <p class="lead">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'delta.lead'"/>
        <xsl:with-param name="a"><xsl:apply-templates select="@newly-failing" mode="opens"/></xsl:with-param>
        <xsl:with-param name="b"><xsl:apply-templates select="@newly-passing" mode="opens"/></xsl:with-param>
        <xsl:with-param name="c"><xsl:apply-templates select="@newly-cannot-tell" mode="opens"/></xsl:with-param>
        <xsl:with-param name="d" select="format-number(@checks, '#,##0')"/>
      </xsl:call-template>
      <xsl:text> </xsl:text>
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'delta.lead-controls'"/>
        <xsl:with-param name="a"><xsl:apply-templates select="@gained" mode="opens"/></xsl:with-param>
        <xsl:with-param name="b"><xsl:apply-templates select="@lost" mode="opens"/></xsl:with-param>
        <xsl:with-param name="c" select="format-number(@controls, '#,##0')"/>
        <xsl:with-param name="d"><xsl:apply-templates select="@contradicted" mode="opens"/></xsl:with-param>
      </xsl:call-template>
    </p>
    <xsl:if test="e:remark"><ul class="remarks"><xsl:apply-templates select="e:remark" mode="row"/></ul></xsl:if>
  </xsl:template>

  <xsl:template match="e:delta" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids" select="'sides=delta-sides checks=delta-checks controls=delta-controls versions=delta-versions changes=delta-changes rules=delta-rules owners=delta-owners gaps=delta-gaps findings-new=delta-findings-new findings-gone=delta-findings-gone sums=delta-sums rulers=delta-rulers chain=delta-chain'"/>
    </xsl:call-template>
    <section id="sides">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'delta-sides'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'delta-sides'"/>
        <xsl:with-param name="rows" select="e:before | e:after"/>
      </xsl:call-template>
    </section>
    <xsl:apply-templates select="e:check-changes" mode="body"/>
    <section id="controls">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'delta-controls'"/></xsl:call-template>
      <xsl:apply-templates select="$context" mode="mapping"/>
      <xsl:apply-templates select="e:control-changes" mode="body"/>
    </section>
    <xsl:apply-templates select="e:version-changes" mode="list"/>
    <xsl:apply-templates select="e:rule-changes" mode="list"/>
    <xsl:apply-templates select="e:rule-presences" mode="list"/>
    <xsl:apply-templates select="e:hand-overs" mode="list"/>
    <xsl:apply-templates select="e:gap-changes" mode="list"/>
    <xsl:apply-templates select="e:findings-new" mode="list"/>
    <xsl:apply-templates select="e:findings-gone" mode="list"/>
    <section id="sums">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'delta-sums'"/></xsl:call-template>
      <xsl:call-template name="table">
        <xsl:with-param name="id" select="'delta-figures'"/>
        <xsl:with-param name="rows" select="e:figure"/>
      </xsl:call-template>
      <xsl:if test="e:class-change">
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'delta-classes'"/>
          <xsl:with-param name="rows" select="e:class-change"/>
        </xsl:call-template>
      </xsl:if>
    </section>
    <xsl:apply-templates select="e:rulers" mode="list"/>
    <section id="chain">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'delta-chain'"/></xsl:call-template>
      <xsl:apply-templates select="e:chain" mode="body"/>
    </section>
  </xsl:template>

  <!-- Alone, the page has no pack around it: no rooms, no way back. -->

  <xsl:template match="e:context[/e:delta/@alone]" mode="masthead">
    <header class="masthead">
      <div class="identity">
        <p class="brand"><xsl:call-template name="label"><xsl:with-param name="id" select="'delta.brand'"/></xsl:call-template></p>
        <p class="pack">
          <bdi><xsl:value-of select="@organisation"/></bdi>
          <xsl:text> · </xsl:text>
          <bdi><xsl:value-of select="@period-text"/></bdi>
        </p>
      </div>
    </header>
  </xsl:template>

  <xsl:template match="e:context[/e:delta/@alone]" mode="path"/>

  <xsl:template match="e:context[/e:delta/@alone]" mode="footer">
    <footer class="colophon">
      <dl class="facts small">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'made-from'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="say">
              <xsl:with-param name="id" select="'frame.made-from'"/>
              <xsl:with-param name="a"><a href="{@document}"><code><xsl:value-of select="@document"/></code></a></xsl:with-param>
              <xsl:with-param name="b"><a href="templates/pages/delta.xsl"><code>templates/pages/delta.xsl</code></a></xsl:with-param>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </dl>
    </footer>
  </xsl:template>

</xsl:stylesheet>
