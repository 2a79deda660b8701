<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     The dossier of a control: its statement, every check that bears on it with what it found, and the gap; to be printed.
  INPUT       <control>
  OUTPUT      c/print/….html
  PARAMETERS  language (parts/strings.xsl)
  NOTES       Findings are cut in the document, and so that no check pushes another out; each cut says how many there are.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:import href="../parts/frame.xsl"/>
  <xsl:import href="../parts/controls.xsl"/>
  <xsl:import href="../parts/decisions.xsl"/>
  <xsl:import href="../parts/findings.xsl"/>
  <xsl:import href="../parts/forms.xsl"/>
  <xsl:import href="../parts/dossier.xsl"/>

  <xsl:variable name="entry" select="'control-dossier'"/>

  <xsl:template match="/e:control"><xsl:apply-templates select="." mode="page"/></xsl:template>

  <xsl:template match="e:control" mode="headline">
    <p class="kicker">
      <xsl:call-template name="say">
        <xsl:with-param name="id" select="'kicker.control-dossier'"/>
        <xsl:with-param name="a"><bdi><xsl:value-of select="@framework-title"/></bdi></xsl:with-param>
      </xsl:call-template>
    </p>
    <h1><bdi class="id"><xsl:value-of select="@display"/></bdi><xsl:text> </xsl:text><bdi><xsl:value-of select="@title"/></bdi></h1>
    <p class="answer">
      <xsl:apply-templates select="@state" mode="badge"/>
      <xsl:text> </xsl:text>
      <bdi><xsl:value-of select="@why"/></bdi>
    </p>
    <dl class="facts">
      <xsl:call-template name="where"/>
    </dl>
  </xsl:template>

  <xsl:template match="e:control" mode="body">
    <xsl:call-template name="contents">
      <xsl:with-param name="ids">
        <xsl:text>statement state=dossier-state checks=dossier-checks </xsl:text>
        <xsl:if test="e:override">overrides </xsl:if>
        <xsl:text>missing </xsl:text>
        <xsl:if test="e:earlier">history </xsl:if>
        <xsl:text>limits=dossier-limits sign-digest sign-people</xsl:text>
      </xsl:with-param>
    </xsl:call-template>
    <section id="statement">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'statement'"/></xsl:call-template>
      <xsl:if test="@summary != ''"><p class="statement"><bdi><xsl:value-of select="@summary"/></bdi></p></xsl:if>
      <dl class="facts words">
        <xsl:call-template name="words">
          <xsl:with-param name="name" select="'framework'"/><xsl:with-param name="text" select="@framework-title"/>
        </xsl:call-template>
        <xsl:call-template name="words">
          <xsl:with-param name="name" select="'mapping-version'"/><xsl:with-param name="text" select="@framework-version"/>
        </xsl:call-template>
        <xsl:call-template name="words">
          <xsl:with-param name="name" select="'publisher'"/><xsl:with-param name="text" select="@publisher"/>
        </xsl:call-template>
        <xsl:call-template name="words">
          <xsl:with-param name="name" select="'licence'"/><xsl:with-param name="text" select="@licence"/>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'title-origin'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'title-origin'"/>
              <xsl:with-param name="value" select="@title-origin"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </dl>
    </section>
    <section id="state">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-state'"/></xsl:call-template>
      <dl class="facts words">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'state-means'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="label"><xsl:with-param name="id" select="concat('explain.state.', @state)"/></xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="words">
          <xsl:with-param name="name" select="'gap'"/><xsl:with-param name="text" select="@gap"/>
        </xsl:call-template>
      </dl>
    </section>
    <section id="checks">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-checks'"/></xsl:call-template>
      <xsl:apply-templates select="$context" mode="mapping"/>
      <xsl:apply-templates select="e:review" mode="body"/>
      <xsl:choose>
        <xsl:when test="e:check-ref">
          <xsl:apply-templates select="e:check-ref" mode="body"/>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'control-checks'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:apply-templates select="." mode="overrides"/>
    <section id="missing">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'missing'"/></xsl:call-template>
      <xsl:choose>
        <xsl:when test="e:missing">
          <ul class="missing"><xsl:apply-templates select="e:missing" mode="row"/></ul>
        </xsl:when>
        <xsl:otherwise><xsl:call-template name="empty"><xsl:with-param name="id" select="'missing'"/></xsl:call-template></xsl:otherwise>
      </xsl:choose>
    </section>
    <xsl:if test="e:earlier">
      <section id="history">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'history'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'control-history'"/>
          <xsl:with-param name="rows" select="e:earlier"/>
        </xsl:call-template>
      </section>
    </xsl:if>
    <section id="limits" class="limits">
      <xsl:call-template name="section-head"><xsl:with-param name="words" select="'dossier-limits'"/></xsl:call-template>
      <xsl:call-template name="limits"/>
    </section>
    <xsl:call-template name="dossier-sign-off"/>
  </xsl:template>

  <xsl:template match="e:check-ref" mode="body">
    <div class="check" id="{@anchor}">
      <xsl:apply-templates select="." mode="heading"/>
      <p class="answer">
        <xsl:apply-templates select="@result" mode="badge"/>
        <xsl:text> </xsl:text>
        <bdi><xsl:value-of select="@why"/></bdi>
      </p>
      <dl class="facts counts">
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'exceptions-of'"/>
          <xsl:with-param name="value">
            <xsl:call-template name="amount">
              <xsl:with-param name="n" select="@exceptions"/>
              <xsl:with-param name="of" select="@population"/>
              <xsl:with-param name="page" select="concat(@page, '#findings')"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'check-passed'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@passed" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'check-accepted'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@accepted" mode="value"/></xsl:with-param>
        </xsl:call-template>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'check-cannot-tell'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="@cannot-tell" mode="value"/></xsl:with-param>
        </xsl:call-template>
      </dl>
      <dl class="facts words">
        <xsl:apply-templates select="." mode="words"/>
        <xsl:call-template name="fact">
          <xsl:with-param name="name" select="'relation'"/>
          <xsl:with-param name="value"><xsl:apply-templates select="." mode="relation"/></xsl:with-param>
        </xsl:call-template>
      <xsl:call-template name="words">
        <xsl:with-param name="name" select="'rationale'"/><xsl:with-param name="text" select="@rationale"/>
      </xsl:call-template>
      <xsl:call-template name="words">
        <xsl:with-param name="name" select="'condition'"/><xsl:with-param name="text" select="@condition"/>
      </xsl:call-template>
      </dl>
      <xsl:variable name="findings" select="key('finding-of-check', @id)"/>
      <xsl:apply-templates select="$findings" mode="in-full"/>
      <xsl:call-template name="cut">
        <xsl:with-param name="n" select="count($findings)"/>
        <xsl:with-param name="of" select="@findings"/>
        <xsl:with-param name="page" select="concat(@page, '#findings')"/>
      </xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template match="e:earlier" mode="row">
    <tr>
      <th scope="row"><bdi><xsl:value-of select="@period"/></bdi></th>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
    </tr>
  </xsl:template>

</xsl:stylesheet>
